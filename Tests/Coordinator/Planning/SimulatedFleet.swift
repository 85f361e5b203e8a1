import FleetProtocol
import Planning
import ServiceRuntime

/// Shards that live by their plans, and the planner that gives them, in a time of their own.
struct SimulatedFleet {
    struct Shard {
        var nonce: Int
        var plan: Plan?
        var isDraining = false
        /// Steps for which it has had each slice.
        var held: [String: Int] = [:]
        /// The end of what it asked each cluster.
        var asked: [String: MonotonicClock.Instant] = [:]
        var unreachable: [String] = []
    }

    static let step = Duration.seconds(2)

    var planner: Planner
    var now = MonotonicClock.Instant(sinceOrigin: .seconds(1000))
    var shards: [String: Shard] = [:]
    var costs: [String: Double] = [:]
    var random: SeededGenerator
    /// What nobody waits for any more, and Slurm works on all the same.
    var abandoned: [(cluster: String, until: MonotonicClock.Instant)] = []
    /// How often a cluster was asked two questions at once.
    var collisions = 0
    /// Plans in the order in which they were given.
    var plans: [Plan] = []
    let slices: [Slice]
    let clusters: [String]
    private var nonces = 0

    init(slices count: Int, clusters: Int = 1, seed: UInt64, _ settings: PlanningSettings = PlanningSettings()) {
        let names = (0..<clusters).map { "cluster\($0)" }
        self.clusters = names
        slices = (0..<count).map {
            Slice(name: "slice\($0)", cluster: names[$0 % clusters], prefix: "slurm_slice\($0)_", collectors: ["jobs"])
        }
        random = SeededGenerator(seed: seed)
        let identity = PlanIdentity(epoch: 1, store: "store", holder: "holder", revision: 0)
        planner = Planner(Plan(identity: identity, configuration: .init(yaml: "")), isFresh: true, settings, at: now)
        planner.configure(.init(yaml: ""), slices: slices, clusters: names)
        for slice in slices { costs[slice.id] = Double.random(in: 0.1...10, using: &random) }
    }

    var plan: Plan { planner.plan }

    mutating func add(_ id: String) {
        nonces += 1
        shards[id] = Shard(nonce: nonces)
    }

    /// What it asked goes on without it.
    mutating func kill(_ id: String) {
        for (cluster, end) in shards[id]?.asked ?? [:] { abandoned.append((cluster, end)) }
        shards[id] = nil
    }

    /// Somebody takes office by a store that nothing is in.
    mutating func loseStore() {
        let identity = PlanIdentity(epoch: plan.identity.epoch + 1, store: "another", holder: "another", revision: 0)
        planner = Planner(Plan(identity: identity, configuration: .init(yaml: "")), isFresh: true, at: now)
        planner.configure(.init(yaml: ""), slices: slices, clusters: clusters)
    }

    mutating func run(steps: Int, noise: Double = 0) {
        for _ in 0..<steps { self.step(noise: noise) }
    }

    mutating func step(noise: Double = 0) {
        now = now.advanced(by: Self.step)
        for id in shards.keys.sorted() {
            work(id)
            beat(id, noise: noise)
        }
        advance()
        countCollisions()
    }

    private mutating func advance() {
        guard planner.advance(to: now) else { return }
        plans.append(planner.plan)
    }

    private mutating func beat(_ id: String, noise: Double) {
        let heartbeat = heartbeat(of: id, noise: noise)
        try? planner.take(heartbeat, from: id, url: "http://\(id):9341", at: now)
        advance()
        if shards[id]?.isDraining == true, planner.mayLeave(id) { shards[id] = nil }
        guard planner.isAnnounced, shards[id]?.plan?.identity != plan.identity else { return }
        let given = plan
        if shards[id]?.plan?.identity.refusal(of: given.identity) == nil { shards[id]?.plan = given }
    }

    mutating func heartbeat(of id: String, noise: Double) -> Heartbeat {
        let shard = shards[id]!
        let reports = shard.held.keys.sorted().map { slice in
            SliceReport(
                id: slice, state: shard.held[slice]! >= 2 ? .serving : .warming,
                cost: costs[slice]! * (1 + Double.random(in: -1...1, using: &random) * noise))
        }
        let upstreams = shard.asked.keys.sorted().map { cluster in
            // A question may begin right after this heartbeat, and takes 20 seconds at most.
            UpstreamReport(
                cluster: cluster, term: shard.plan?.upstream(of: cluster)?.term ?? 0, cost: 1, quietAfterSeconds: 22)
        }
        return Heartbeat(
            nonce: "\(shard.nonce)", port: 1, isReady: true, isDraining: shard.isDraining, plan: shard.plan?.identity,
            slices: reports, upstreams: upstreams, unreachable: shard.unreachable, longestQuestionSeconds: 22)
    }

    /// Does what the plan says.
    private mutating func work(_ id: String) {
        guard var shard = shards[id], let plan = shard.plan else { return }
        let mine = plan.slices.filter { $0.holders.contains(id) }.map(\.slice.id)
        shard.held = Dictionary(uniqueKeysWithValues: mine.map { ($0, (shard.held[$0] ?? 0) + 1) })
        let owned = plan.upstreams.filter { $0.owner == id && !$0.isWaiting }.map(\.cluster)
        for (cluster, end) in shard.asked where end <= now && !owned.contains(cluster) { shard.asked[cluster] = nil }
        for cluster in owned where shard.asked[cluster].map({ $0 <= now }) ?? true {
            shard.asked[cluster] = now.advanced(by: .milliseconds(Int.random(in: 100...20_000, using: &random)))
        }
        shards[id] = shard
    }

    private mutating func countCollisions() {
        abandoned.removeAll { $0.until <= now }
        for cluster in clusters {
            let asking = shards.values.count { $0.asked[cluster].map { $0 > now } ?? false }
            let left = abandoned.count { $0.cluster == cluster }
            if asking + left > 1 { collisions += 1 }
        }
    }
}
