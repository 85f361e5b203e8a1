import Foundation
import Metrics
import ServiceRuntime
import Slurm
import TestSupport
import Testing

@testable import Upstreams

/// An upstream with scripts in the place of Slurm's commands.
struct CommandSourceTests {
    private let commands: CommandWrappers

    init() throws {
        commands = try CommandWrappers([], in: "/", environment: [:])
        try commands.write("scontrol", Self.scontrol)
        try commands.write("squeue", "exit 0")
        try commands.write("sshare", "exit 0")
        try commands.write("sacct", "exit 0")
        try commands.write("sacctmgr", "echo 'You are not running a supported accounting_storage plugin' >&2; exit 1")
        try commands.write("sdiag", "echo 'sdiag output at then (1701000000)'; echo 'Jobs running:   7'")
    }

    private static let scontrol = """
        case "$*" in
        *config*) echo 'Configuration data as of 1702000000'; echo 'ClusterName             = alpha'; echo 'SLURM_VERSION           = 22.05.8';;
        *nodes*) echo 'NodeName=c1 State=IDLE CPUTot=4';;
        *partitions*) echo 'PartitionName=batch State=UP';;
        ping) echo 'Slurmctld(primary) at head is UP';;
        esac
        """

    private func rig(
        _ feeds: [Feed], every seconds: Double = 60, timeout: Double = 20,
        configure: (inout ClusterSettings) -> Void = { _ in }
    ) throws -> Rig {
        try Rig([], feeds, every: seconds, name: "") { settings in
            settings.source = .cli
            settings.commands.directory = commands.path
            settings.commands.timeoutSeconds = timeout
            settings.queue.retryAttempts = 0
            configure(&settings)
        }
    }

    @Test func eachFeedIsAnswered() async throws {
        let rig = try rig(Rig.everything)
        try await rig.collectOnce()
        #expect(rig.recorder.errors.map(\.reason) == [])
        let records = Dictionary(uniqueKeysWithValues: rig.recorder.answers.map { ($0.feed, $0.records) })
        #expect(records == [.jobs: 0, .nodes: 1, .partitions: 1, .diag: 1, .ping: 1])
        #expect(rig.upstream.cluster == "alpha")
        #expect(rig.upstream.status.release == "22.05.8")
        #expect(rig.recorder.answers.allSatisfy { $0.version == nil && $0.cluster == "alpha" })
    }

    @Test func whoAnswersIsAskedOnce() async throws {
        try commands.write("scontrol", "echo \"$*\" >> \(commands.path)/calls\n\(Self.scontrol)")
        let rig = try rig([.nodes], every: 0.05)
        #expect(try await rig.run { rig.recorder.answers.count >= 4 })
        let calls = try String(contentsOfFile: "\(commands.path)/calls", encoding: .utf8).split(separator: "\n")
        #expect(calls.filter { $0 == "show config" }.count == 1)
        #expect(calls.contains("--all --details --oneliner show nodes"))
    }

    @Test func sdiagTellsTheTime() async throws {
        let rig = try rig([.diag, .nodes], every: 0.05)
        #expect(try await rig.run { rig.recorder.answers(.nodes).count >= 2 })
        let expected = rig.recorder.events.compactMap { event -> Int64? in
            if case .began(.nodes, let time) = event { time.seconds } else { nil }
        }
        #expect((1_701_000_000...1_701_000_060).contains(expected.last ?? 0))
    }

    @Test func soDoesTheConfigurationFromTheFirstAnswerOn() async throws {
        let rig = try rig([.nodes])
        try await rig.collectOnce()
        #expect((1_702_000_000...1_702_000_060).contains(rig.recorder.answers.first?.time.seconds ?? 0))
    }

    @Test func requestsAreCountedByCommand() async throws {
        let rig = try rig([.jobs, .nodes])
        try await rig.collectOnce()
        #expect(rig.samples["slurm_exporter_api_requests_total{cluster=alpha,endpoint=squeue,status=0}"] == 1)
        #expect(rig.samples["slurm_exporter_api_requests_total{cluster=alpha,endpoint=scontrol/nodes,status=0}"] == 1)
    }

    @Test func theEnvironmentIsClean() async throws {
        setenv("SQUEUE_FORMAT", "%i", 1)
        defer { unsetenv("SQUEUE_FORMAT") }
        try commands.write(
            "squeue", "env > \(commands.path)/environment; cat; ls /proc/self/fd >> \(commands.path)/environment")
        try await rig([.jobs]).collectOnce()
        let text = try String(contentsOfFile: "\(commands.path)/environment", encoding: .utf8)
        #expect(text.contains("LC_ALL=C\n") && text.contains("SLURM_TIME_FORMAT=%s\n") && text.contains("PATH="))
        #expect(!text.contains("SQUEUE_FORMAT"))
    }

    @Test func aMissingCommandIsAMistakeOfOurs() async throws {
        try FileManager.default.removeItem(atPath: "\(commands.path)/squeue")
        let rig = try rig([.jobs])
        try await rig.collectOnce()
        #expect(rig.recorder.labels(.jobs) == ["configuration"])
    }

    @Test func aCommandThatTakesTooLongIsEndedAndSlurmLeftAlone() async throws {
        try commands.write("squeue", "echo $$ > \(commands.path)/pid; sleep 1000")
        let rig = try rig([.jobs], timeout: 2)
        try await rig.collectOnce()
        #expect(rig.recorder.labels(.jobs) == ["timeout"])
        if let text = try? String(contentsOfFile: "\(commands.path)/pid", encoding: .utf8),
            let identifier = pid_t(text.trimmingCharacters(in: .newlines))
        {
            #expect(kill(identifier, 0) != 0)
        }
        // Nobody has said yet which cluster it is.
        #expect(rig.samples.filter { $0.key.hasPrefix("slurm_exporter_upstream_pauses_total") }.values.first == 1)
    }

    @Test func anAnswerWithoutItsEndIsNone() async throws {
        try commands.write("scontrol", "printf 'NodeName=c1 State=IDLE\\nNodeName=c2 Sta'")
        let rig = try rig([.nodes])
        try await rig.collectOnce()
        #expect(rig.recorder.labels(.nodes) == ["truncated"])
    }

    @Test func halfAnAnswerAndAFailureIsAFailure() async throws {
        try commands.write(
            "scontrol",
            "echo 'NodeName=c1 State=IDLE'; echo 'slurm_load_node error: Unable to contact slurm controller' >&2; exit 1"
        )
        let rig = try rig([.nodes])
        try await rig.collectOnce()
        #expect(rig.recorder.labels(.nodes) == ["controller_down"])
    }

    @Test func tooMuchIsGivenUp() async throws {
        try commands.write("squeue", "yes")
        let rig = try rig([.jobs]) { $0.commands.maximumOutputBytes = 1 << 20 }
        try await rig.collectOnce()
        #expect(rig.recorder.labels(.jobs) == ["too_large"])
    }

    @Test func aControllerThatIsDownIsAnAnswerOfPings() async throws {
        try commands.write("scontrol", "echo 'Slurmctld(primary) at head is DOWN'; echo '*****'; exit 1")
        let rig = try rig([.ping])
        try await rig.collectOnce()
        #expect(rig.recorder.errors.map(\.reason) == [])
        #expect(rig.recorder.answers(.ping).map(\.records) == [1])
    }

    @Test func aColumnThatIsRefusedIsLeftOutFromThenOn() async throws {
        let script = """
            echo "$*" >> \(commands.path)/calls
            case "$*" in *PendingTime*) echo 'squeue: error: Invalid job format specification: PendingTime' >&2;; esac
            """
        try commands.write("squeue", script)
        let rig = try rig([.jobs], every: 0.05)
        #expect(try await rig.run { rig.recorder.answers.count >= 3 })
        #expect(rig.recorder.errors.isEmpty)
        let calls = try String(contentsOfFile: "\(commands.path)/calls", encoding: .utf8).split(separator: "\n")
        #expect(calls.filter { $0.contains("PendingTime") }.count == 1)
        #expect(calls.dropFirst().allSatisfy { $0.contains("TimeUsed") })
    }

    @Test func noMarkIsUsedTwice() async throws {
        try commands.write("squeue", "echo \"$*\" >> \(commands.path)/calls")
        let rig = try rig([.jobs], every: 0.05)
        #expect(try await rig.run { rig.recorder.answers.count >= 3 })
        let calls = try String(contentsOfFile: "\(commands.path)/calls", encoding: .utf8).split(separator: "\n")
        #expect(Set(calls).count == calls.count)
    }

    @Test func aProbeAsksEachCommandOnce() async throws {
        var settings = CommandSettings()
        settings.directory = commands.path
        let report = await CommandProbe(settings, logger: CollectedLog().log().logger("probe")).run()
        #expect(report.answers.filter { !$0.isGood }.compactMap(\.error).map(\.reason) == [])
        #expect(report.answers.filter { $0.error?.kind == .absent }.allSatisfy { $0.feed.plugin == .accounting })
        #expect(report.release == "22.05.8")
        #expect(report.caveat?.contains("7 running jobs") == true)
    }
}
