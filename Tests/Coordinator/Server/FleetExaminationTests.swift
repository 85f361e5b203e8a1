import Configuration
import Foundation
import Program
import TestSupport
import Testing

@testable import slurm_coordinator

/// Everything that is wrong with the configuration of a fleet is told at once, with file, line and key.
struct FleetExaminationTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try directory.write("slurm: {cluster: alpha}\n", to: "shards.yaml")
    }

    /// - Returns: errors and warnings, files by their last names.
    private func findings(_ fleet: String, _ more: String = "", on address: String = "127.0.0.1:0") throws -> [String] {
        let text = "fleet:\n  configuration: \(directory.path("shards.yaml"))\n\(fleet)\n\(more)"
        return try findings(in: directory.write(text, to: "coordinator.yaml"), on: address)
    }

    private func findings(in file: String, on address: String) throws -> [String] {
        let startup = Startup(
            CoordinatorCommand.syntax, CoordinatorSettings.schema,
            arguments: ["--config", file, "--listen", address], environment: [:])
        let found: [Diagnostic]
        do throws(ConfigurationError) {
            found = try startup.load(examine: CoordinatorSettings.examine).warnings
        } catch {
            found = error.errors + error.warnings
        }
        return found.map { $0.description.replacing(directory.url.path + "/", with: "") }
            .filter { !$0.contains("fleet.store") }
    }

    @Test func aFleetThatHoldsIsFine() throws {
        #expect(try findings("  split: both\n  groups: {gpu: [\"gpu*\"]}").isEmpty)
    }

    @Test func aMissingFileIsTheKeysFault() throws {
        try FileManager.default.removeItem(atPath: directory.path("shards.yaml"))
        #expect(
            try findings("  split: both\n  groups: {rest: [a]}") == [
                "coordinator.yaml:2: fleet.configuration: can't read shards.yaml: No such file or directory",
                "coordinator.yaml:4: fleet.groups.rest: rest is what all partitions are in that no group has: call this group otherwise",
            ])
    }

    @Test func tokensSlicesAndShardsAreLookedAtTogether() throws {
        try directory.write("slurm: {cluster: alpha}\ncollectorz: {x: 1}\n", to: "shards.yaml")
        let found = try findings(
            """
              slices:
                - name: nodes
                  collectors: [nods]
                - name: part
                  collectors: [scheduler]
                  partitions: [a]
            """, on: "0.0.0.0:0")
        #expect(
            found.map { $0.split(separator: ": ").prefix(2).joined(separator: " ") } == [
                "fleet.tokens is empty, and 0.0.0.0:0 is open to other hosts",
                "coordinator.yaml:5 fleet.slices[0].collectors", "coordinator.yaml:7 fleet.slices[1].collectors",
                "shards.yaml:2 collectorz",
            ], "\(found)")
    }

    @Test(arguments: [
        (
            "  slices: [{name: a, collectors: [nodes], partitions: [b]}]",
            "nobody counts the partitions of cluster alpha that no slice with nodes names: add one with rest: true"
        ),
        ("  groups: {gpu: [gpu]}", "coordinator.yaml:3: fleet.groups: has no effect with split: category"),
        (
            "  split: both\n  slices: [{name: a, collectors: [nodes]}]",
            "coordinator.yaml:3: fleet.split: has no effect beside slices"
        ),
        (
            "  groups: {gpu: [gpu]}\n  slices: [{name: a, collectors: [nodes]}]",
            "coordinator.yaml:3: fleet.groups: has no effect beside slices"
        ),
        ("  split: partition", "coordinator.yaml:3: fleet.split: a split by partition needs fleet.groups"),
    ])
    func contradictionsAreTold(_ fleet: String, _ finding: String) throws {
        let found = try findings(fleet)
        #expect(found.contains { $0.contains(finding) }, "\(found)")
    }

    @Test func aStoreThatCanNotBeIsAWarning() throws {
        let file = try directory.write(
            "fleet: {configuration: \(directory.path("shards.yaml")), store: /nowhere/at/all/fleet.db}\n",
            to: "coordinator.yaml")
        let startup = Startup(
            CoordinatorCommand.syntax, CoordinatorSettings.schema,
            arguments: ["--config", file, "--listen", "127.0.0.1:0"], environment: [:])
        let warnings = try startup.load(examine: CoordinatorSettings.examine).warnings.map(\.description)
        #expect(warnings.count == 1 && warnings[0].contains("nothing can be kept in /nowhere/at/all: No such file"))
    }

    @Test func aFileOfSomebodyElseIsNotTakenForTheStore() throws {
        let store = try directory.write("root:x:0:0\n", to: "passwd")
        let text = "fleet:\n  configuration: \(directory.path("shards.yaml"))\n  store: \(store)\n"
        let startup = Startup(
            CoordinatorCommand.syntax, CoordinatorSettings.schema,
            arguments: ["--config", try directory.write(text, to: "coordinator.yaml"), "--listen", "127.0.0.1:0"],
            environment: [:])
        let error = #expect(throws: ConfigurationError.self) {
            try startup.load(examine: CoordinatorSettings.examine)
        }
        let told = error?.errors.map { $0.description.replacing(directory.url.path + "/", with: "") }
        #expect(
            told == [
                "coordinator.yaml:3: fleet.store: passwd is there and is no store: name another file, or move this one away"
            ])
        #expect(try String(contentsOfFile: store, encoding: .utf8) == "root:x:0:0\n")
    }

    @Test func whoHasNothingToDoIsTold() throws {
        let idle = try findings(in: directory.write("log: {level: info}\n", to: "idle.yaml"), on: "127.0.0.1:0")
        #expect(idle.count == 1 && idle[0].contains("fleet.configuration"))
        let busy = "federation: {targets: [{url: \"http://a\"}]}\n"
        #expect(try findings(in: directory.write(busy, to: "busy.yaml"), on: "127.0.0.1:0").isEmpty)
    }
}
