import Foundation
import TestSupport
import Testing

/// What scripts write is kept beside them, as they would write it now.
struct GeneratedFilesTests {
    private func run(_ script: String, _ argument: String) async throws {
        let process = try ChildProcess(DeployedFile.directory.appending(path: script).path, [argument])
        #expect(try await process.exit() == 0, "\(process.standardError)")
    }

    @Test func dashboardsAreCurrent() async throws {
        let directory = try TemporaryDirectory()
        try await run("dashboards/generate", directory.url.path)
        let written = try FileManager.default.contentsOfDirectory(atPath: directory.url.path).sorted()
        #expect(written.map { "dashboards/\($0)" } == DeployedFile.dashboards.map(\.path))
        for file in DeployedFile.dashboards {
            let now = try String(contentsOf: directory.url.appending(path: file.url.lastPathComponent), encoding: .utf8)
            #expect(try file.text == now, "run deploy/prometheus/dashboards/generate")
        }
    }

    @Test func rulesForAPairAreCurrent() async throws {
        let directory = try TemporaryDirectory()
        try await run("rules/generate", directory.path("pair.yml"))
        let now = try String(contentsOf: directory.url.appending(path: "pair.yml"), encoding: .utf8)
        #expect(try DeployedFile(path: "rules/pair.yml").text == now, "run deploy/prometheus/rules/generate")
    }
}
