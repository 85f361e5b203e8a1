import Foundation
import TestSupport
import Testing

/// The generated pages under `docs/` are what the program prints today.
struct ReferenceTests {
    private static let root = URL(filePath: #filePath).appending(path: "../../../..").standardizedFileURL

    @Test(arguments: [
        ("reference", "docs/configuration.md"), ("catalogue", "docs/metrics.md"),
        ("compatibility", "docs/compatibility.md"), ("schema", "docs/slurm-shard.schema.json"),
    ])
    func isCurrent(command: String, page: String) async throws {
        let process = try ChildProcess(try builtProgram("slurm-shard"), [command])
        #expect(try await process.exit() == 0)
        let written = try String(contentsOf: Self.root.appending(path: page), encoding: .utf8)
        #expect(process.standardOutput == written, "\(page) is out of date: run scripts/docs")
    }

    /// A table of tests is worth something only as long as they are there.
    @Test func everyTestThatThePageOfTrapsNamesIsThere() throws {
        let page = try String(contentsOf: Self.root.appending(path: "docs/traps.md"), encoding: .utf8)
        let files = FileManager.default.enumerator(
            at: Self.root.appending(path: "Tests"), includingPropertiesForKeys: nil)
        var tests: Set<Substring> = []
        for case let file as URL in files! where file.pathExtension == "swift" {
            tests.formUnion(try String(contentsOf: file, encoding: .utf8).matches(of: /func (\w+)/).map(\.output.1))
        }
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst()
        #expect(!rows.isEmpty)
        for row in rows {
            let named = row.split(separator: "|").last!.matches(of: /`(\w+)`/).map(\.output.1)
            #expect(!named.isEmpty && tests.isSuperset(of: named), "\(row)")
        }
    }
}
