import Configuration
import Foundation
import Gathering
import HTTPServer
import Program
import Testing

@testable import slurm_coordinator

struct CoordinatorSettingsTests {
    private func settings(_ arguments: String...) throws -> CoordinatorSettings { try settings(arguments) }

    private func settings(_ arguments: [String]) throws -> CoordinatorSettings {
        try Startup(CoordinatorCommand.syntax, CoordinatorSettings.schema, arguments: arguments, environment: [:])
            .load().settings
    }

    @Test func federatesWithoutAFile() throws {
        let settings = try settings(
            "--federate-only", "--listen", "127.0.0.1:9000", "--targets", "a:9100,http://b/federate?match[]=up",
            "--interval", "1s")
        #expect(settings.effectiveWeb.listen.map(\.description) == ["127.0.0.1:9000"])
        #expect(settings.targets.map(\.url) == ["http://a:9100/metrics", "http://b/federate?match[]=up"])
        #expect(settings.targets.map(\.interval) == [.seconds(1), .seconds(1)])
        #expect(settings.targets.map(\.timeout) == [.seconds(1), .seconds(1)])
        #expect(settings.targets[0].allLabels == ["instance": "a:9100", "job": "federation"])
    }

    @Test(arguments: [
        ["--federate-only"], ["--targets", "http:///x"], ["--targets", "ftp://a"], ["--interval", "0s"],
        ["--federation.external-labels", "a-b=c"], ["--fleet.split", "partition"], ["--fleet.store", "/tmp/fleet.db"],
    ])
    func refusesWhatCanNotBe(_ arguments: [String]) {
        #expect(throws: ConfigurationError.self) {
            try Startup(
                CoordinatorCommand.syntax, CoordinatorSettings.schema, arguments: arguments, environment: [:]
            ).load()
        }
    }

    @Test func aFleetIsLedWhereItsShardsHaveAConfiguration() throws {
        let split = ["--fleet.split", "partition", "--listen", "127.0.0.1:8080"]
        #expect(try settings(split + ["--fleet.configuration", "shard.yaml"]).leadsFleet)
        #expect(try !settings(split + ["--federate-only", "--targets", "a:9100"]).leadsFleet)
    }

    @Test(arguments: [
        (["--watch"], true, true), (["--watch"], false, false), (["--watch", "--json"], true, false),
        (["--watch", "--json"], false, false), ([], true, false),
    ])
    func onlyATerminalIsClearedAndOnlyForPeople(_ flags: [String], _ isTerminal: Bool, _ clears: Bool) throws {
        #expect(try settings(["status"] + flags).commandLine.clearsScreen(isTerminal: isTerminal) == clears)
    }

    @Test func helpNamesNoDefaultWhereThereIsNone() {
        let help = CoordinatorCommand.syntax.help(CoordinatorSettings.schema)
        #expect(!help.contains("Default: ."))
        #expect(help.contains("Without it a new one"))
    }

    @Test func thePageOfTheRepositoryIsTheOneThatIsPrinted() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
        let page = try String(contentsOf: root.appending(path: "docs/coordinator-configuration.md"), encoding: .utf8)
        #expect(page == CoordinatorReference.page)
        let schema = try String(contentsOf: root.appending(path: "docs/slurm-coordinator.schema.json"), encoding: .utf8)
        #expect(schema == CoordinatorSettings.schema.jsonSchema(title: "slurm-coordinator"))
    }
}
