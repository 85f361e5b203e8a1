import Foundation
import TestSupport
import Testing

/// What documents tell to type.
struct DocumentTests {
    @Test(.timeLimit(.minutes(3))) func commandsRunAndSeriesAreThere() async throws {
        let directory = try TemporaryDirectory()
        let address = "127.0.0.1:\(try freePort())"
        let fleet = try ChildProcess(
            try builtProgram("slurm-coordinator"),
            ["up", "--shards", "3", "--listen", address, "--state", directory.path("state")])
        defer { fleet.send(SIGTERM) }
        let slurm = try await found(#/simulated=(http:\S+)/#, in: fleet)
        let shard = try await found(#/shard-1 +(http:\S+)/metrics/#, in: fleet)
        #expect(
            await eventually(within: .seconds(60)) {
                (try? Data(contentsOf: URL(string: "http://\(address)/ready")!)) == Data("ready\n".utf8)
            })
        let token = try directory.write("a-token", to: "token")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: token)
        try await Tool.passes(
            [
                "env", "C=http://\(address)", "S=\(shard)", "SLURM=\(slurm)", "TOKEN=\(token)",
                try await Tool.python(), "Tests/Programs/Documents/run.py", try Tool.programs(),
            ] + Self.documents)
    }

    @Test func everyAlertHasAPage() throws {
        let pages = Set(Self.documents.filter { $0.hasPrefix("docs/runbooks/") })
        for rules in ["alerts-slurm", "alerts-exporter", "alerts-fleet"] {
            let text = try String(
                contentsOfFile: "\(Tool.root)/deploy/prometheus/rules/\(rules).yml", encoding: .utf8)
            for alert in text.matches(of: #/- alert: (\w+)/#) {
                #expect(pages.contains("docs/runbooks/\(alert.1).md"), "\(alert.1)")
            }
        }
    }

    @Test func linksLeadSomewhere() throws {
        for document in Self.documents {
            let file = URL(filePath: "\(Tool.root)/\(document)")
            for link in try String(contentsOf: file, encoding: .utf8).matches(of: #/\]\(([^)#:\s]+)(#[^)]*)?\)/#) {
                let target = file.deletingLastPathComponent().appending(path: String(link.1)).standardized
                #expect(FileManager.default.fileExists(atPath: target.path), "\(document): \(link.1)")
            }
        }
    }

    private static let documents: [String] = {
        let pages = ["docs", "docs/runbooks"].flatMap { folder in
            ((try? FileManager.default.contentsOfDirectory(atPath: "\(Tool.root)/\(folder)")) ?? [])
                .filter { $0.hasSuffix(".md") }.sorted().map { "\(folder)/\($0)" }
        }
        return ["README.md", "deploy/k8s/README.md"] + pages
    }()

    private func found(_ pattern: Regex<(Substring, Substring)>, in process: ChildProcess) async throws -> String {
        #expect(await eventually(within: .seconds(30)) { process.standardOutput.contains(pattern) })
        return String(try #require(process.standardOutput.firstMatch(of: pattern)).1)
    }
}
