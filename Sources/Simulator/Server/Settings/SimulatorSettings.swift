import Configuration
import HTTPServer
import Program
import ServiceRuntime
import SimulatedCluster
import SimulatedREST

/// What a simulator can be told.
struct SimulatorSettings: Sendable {
    var listen = [ListenAddress.exactly(.ipv4(0x7F00_0001, port: 6820))]
    var cluster = Parameters()
    var versions: [APIVersion]?
    var release: SimulatedREST.Release?
    var style: JSONStyle?
    var speed = 1.0
    var isFrozen = false
    /// Guards nothing that is real, and so may be said on a command line.
    var token: String?
    var tokenLifetime: Duration?
    var messageTimeout = Duration.seconds(10)
    var faults: [Fault] = []
    var log = LogSettings()

    static let schema = Schema(SimulatorSettings(), environmentPrefix: "SLURM_SIMULATOR") {
        Setting("listen", \.listen, .list(of: .listenAddress), "Addresses to listen on.")
        population
        answers
        life
        Section.log(\.log)
    }

    /// How many clients may ask at once, and for how long, is slurmrestd's, which doesn't know Prometheus either.
    var web: WebSettings {
        var web = WebSettings(listen: listen)
        web.limits.works = 1024
        web.limits.workTime = .seconds(86_400)
        web.limits.heedsScrapeTimeout = false
        web.shutdownTimeout = .seconds(2)
        return web
    }

    var releaseName: String? { release?.name }

    /// Those asked for, or all that the release has.
    var offered: [APIVersion] {
        versions ?? APIVersion.allCases.filter { release?.versions.contains($0) ?? true }
    }

    var slurmrestd: SimulatedREST.Service { SimulatedREST.Service(versions: offered, release: release, style: style) }
}

extension SimulatorSettings {
    private static let largest = Parameters.largest

    @SchemaBuilder<SimulatorSettings> private static var population: SchemaPart<SimulatorSettings> {
        Setting("seed", \.cluster.seed, .seed, "The same seed and figures give the same cluster everywhere.")
        Setting("nodes", \.cluster.nodes, .integer(in: 1...largest.nodes), "Nodes.")
        Setting("jobs", \.cluster.jobs, .integer(in: 1...largest.jobs), "Records in the job list, about.")
        Setting("partitions", \.cluster.partitions, .integer(in: 1...largest.partitions), "Partitions.")
        Setting("users", \.cluster.users, .integer(in: 1...largest.users), "Users.")
        Setting("accounts", \.cluster.accounts, .integer(in: 1...largest.accounts), "Accounts.")
        Setting(
            "gpus", \.cluster.gpus, .integer(in: 0...10_000_000),
            "GPUs, as many as the nodes have room for; unset, a quarter of the nodes has some.", unset: "usual")
        Setting(
            "tracks_gpus", \.cluster.tracksGPUs, .boolean, "Whether AccountingStorageTRES has gres/gpu: TRES strings.")
        Setting(
            "ended_jobs", \.cluster.endedJobs, .integer(in: 0...10_000_000),
            "Ended jobs that the accounting database keeps, for a day at most.")
        Setting(
            "menagerie", \.cluster.hasMenagerie, .boolean, "Whether the oddities are there that exporters stumble over."
        )
    }

    @SchemaBuilder<SimulatorSettings> private static var answers: SchemaPart<SimulatorSettings> {
        Setting(
            "versions", \.versions, .list(of: .apiVersion), "API versions to offer; unset, those of the release.",
            unset: "all")
        Check(\.versions) { Set($0.offered).count < $0.offered.count ? "names a version twice" : nil }
        Check(\.versions) { $0.offered.isEmpty ? "names no version, so that nothing could be asked" : nil }
        Check(\.versions) { $0.versionsAmiss }
        Setting(
            "release", \.release, .release, "What the server is; unset, each version's newest.", unset: "newest")
        Setting(
            "style", \.style, .enumeration("style"), "How JSON is laid out; unset, as the release does it.",
            unset: "usual")
        Setting("token", \.token, .string, "The token that clients must show.", unset: "none")
        Setting(
            "token_lifetime", \.tokenLifetime, .duration, "How long after the start the token expires.", unset: "never")
        Setting(
            "message_timeout", \.messageTimeout, .duration,
            "Slurm's MessageTimeout: how long a controller that is down is waited for.")
        Setting(
            "fault", \.faults, .list(of: .fault),
            "What goes wrong: ENDPOINT EFFECT[=ARGUMENT] [count=N] [probability=P]; can be given several times.")
    }

    /// What is wrong with versions that the release doesn't have.
    private var versionsAmiss: String? {
        guard let release else { return nil }
        let others = offered.filter { !release.versions.contains($0) }.map(\.name).joined(separator: ", ")
        let (first, last) = (release.versions.lowerBound.name, release.versions.upperBound.name)
        return others.isEmpty ? nil : "names \(others), and release \(release.name) has \(first) to \(last)"
    }

    @SchemaBuilder<SimulatorSettings> private static var life: SchemaPart<SimulatorSettings> {
        Setting("speed", \.speed, .number(in: 0.001...10_000), "How much faster than the clock the cluster lives.")
        Setting("freeze", \.isFrozen, .boolean, "Whether it only moves when POST /simulator/step says so.")
    }
}
