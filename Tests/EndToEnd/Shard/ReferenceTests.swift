import Foundation
import TestSupport
import Testing

/// The generated pages under `docs/` are what the program prints today.
struct ReferenceTests {
    private static let root = URL(filePath: #filePath).appending(path: "../../../..").standardizedFileURL

    @Test(arguments: [
        ("reference", "docs/configuration.md"), ("catalogue", "docs/metrics.md"),
        ("schema", "docs/slurm-shard.schema.json"),
    ])
    func isCurrent(command: String, page: String) async throws {
        let process = try ChildProcess(try builtProgram("slurm-shard"), [command])
        #expect(try await process.exit() == 0)
        let written = try String(contentsOf: Self.root.appending(path: page), encoding: .utf8)
        #expect(process.standardOutput == written, "\(page) is out of date: run scripts/docs")
    }
}
