import Compression
import Foundation
import TestSupport
import Testing

@Suite struct GzipInteroperabilityTests {
    @Test(arguments: [0, 1, 100_000])
    func gunzipReadsWhatWeWrite(size: Int) async throws {
        let directory = try TemporaryDirectory()
        let bytes = Samples.text(size: size)
        try Data(Gzip.compress(bytes)).write(to: directory.url.appending(path: "text.gz"))
        try await run("gunzip", directory.path("text.gz"))
        #expect(try contents("text", of: directory) == bytes)
    }

    @Test(arguments: [0, 1, 100_000], ["-1", "-9"])
    func weReadWhatGzipWrites(size: Int, level: String) async throws {
        let directory = try TemporaryDirectory()
        let bytes = Samples.text(size: size)
        try Data(bytes).write(to: directory.url.appending(path: "text"))
        try await run("gzip", level, "--name", directory.path("text"))
        #expect(try Gzip.decompress(contents("text.gz", of: directory), limit: size) == bytes)
    }

    private func run(_ command: String...) async throws {
        let process = try ChildProcess(command[0], Array(command[1...]))
        #expect(try await process.exit() == 0, "\(process.standardError)")
    }

    private func contents(_ name: String, of directory: TemporaryDirectory) throws -> [UInt8] {
        try Array(Data(contentsOf: directory.url.appending(path: name)))
    }
}
