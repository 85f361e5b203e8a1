import Configuration
import Foundation
import TestSupport
import Testing

@testable import Fleet

struct StateDirectoryTests {
    private func complaint(about path: String) -> String? {
        do throws(ConfigurationError) {
            _ = try StateDirectory(path)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test func oneProcessHasItAtATime() throws {
        let place = try TemporaryDirectory().path("some/where")
        do {
            let directory = try StateDirectory(place)
            defer { withExtendedLifetime(directory) {} }
            #expect(complaint(about: place) == "--state: \(place) is in use by another 'up'")
            try directory.write("a: 1", to: "shard.yaml")
            #expect(try String(contentsOfFile: "\(place)/shard.yaml", encoding: .utf8) == "a: 1")
        }
        #expect(complaint(about: place) == nil)
    }

    @Test func withoutANameItIsANewOne() throws {
        let one = try StateDirectory(nil)
        let other = try StateDirectory(nil)
        let paths = [one.path, other.path]
        defer { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
        #expect(paths[0] != paths[1])
        let attributes = try FileManager.default.attributesOfItem(atPath: paths[0])
        #expect(attributes[.posixPermissions] as? Int == 0o700)
    }

    @Test func whatCanNotBeMadeIsSaidInWords() throws {
        #expect(complaint(about: "/proc/x/y") == "--state: can't make /proc/x/y: No such file or directory")
        let directory = try TemporaryDirectory()
        let file = try directory.write("", to: "file")
        #expect(complaint(about: file) == "--state: can't write \(file)/up.lock: Not a directory")
        #expect(complaint(about: "\(file)/x") == "--state: can't make \(file)/x: Not a directory")
    }
}
