public import FleetProtocol
import Locks
public import Metrics
public import ServiceRuntime

/// Keeps a shard in its fleet: reports, takes plans, and hands over before it leaves.
///
/// Without coordinators it goes on by the last plan, for as long as it takes.
public final class MembershipService: Service {
    public let name = "membership"
    public let limits: ServiceLimits
    private let settings: MembershipSettings
    private let shard: String
    private let member: any FleetMember
    private let coordinators: Coordinators
    private let file: PlanFile?
    private let port: @Sendable () -> Int
    private let logger: Logger
    private let clock: MonotonicClock
    private let nonce = String(UInt64.random(in: .min ... .max), radix: 36)
    private let state = Locked(State())

    private struct State {
        var keeper = PlanKeeper()
        var hasFollowed = false
        /// What is on the disk.
        var saved: PlanIdentity?
        var savingError: String?
        var following = Following.entirely
        var isDraining = false
        var mayLeave = false
        /// Since when no coordinator has taken a heartbeat.
        var silentSince: MonotonicClock.Instant?
        /// Since when none has said anything, not even that another leads.
        var goneSince: MonotonicClock.Instant?
        /// Which of both was said last.
        var isKnownAsGone = false
        /// Whether another process has the name: what the plan says is for that one.
        var isNameTaken = false
        var interval = Duration.seconds(2)
    }

    /// - Parameters:
    ///   - shard: the name under which the fleet knows this process.
    ///   - port: where the shard listens, once it does.
    public init(
        _ settings: MembershipSettings, as shard: String, _ member: any FleetMember, logger: Logger,
        clock: MonotonicClock = .system, port: @escaping @Sendable () -> Int
    ) throws {
        self.settings = settings
        self.shard = shard
        self.member = member
        self.logger = logger
        self.clock = clock
        self.port = port
        coordinators = try Coordinators(settings.coordinators, tokens: settings.tokens)
        file = settings.stateDirectory.map(PlanFile.init(in:))
        limits = ServiceLimits(start: .seconds(30), stop: settings.drainTimeout + .seconds(5))
    }

    /// The plan that holds here.
    public var plan: Plan? { state.withLock { $0.keeper.plan } }

    /// What became of it.
    public var following: Following { state.withLock { $0.following } }

    /// For how long no coordinator has answered; nil where one does.
    public var silence: Duration? { state.withLock { $0.silentSince }.map { $0.duration(to: clock.now) } }

    /// Asks the coordinators first, so that a plan on disk that is out of date does no harm.
    public func start() async throws {
        let kept = keptPlan()
        if let kept { state.withLock { ($0.keeper, $0.saved) = (PlanKeeper(kept), kept.identity) } }
        if await beat() { return }
        guard let kept, !state.withLock({ $0.isNameTaken }) else { return }
        logger.warning("no coordinator answers: going by the last plan", ["plan": .string("\(kept.identity)")])
        await follow(kept)
    }

    private func keptPlan() -> Plan? {
        do throws(PlanFile.Unreadable) {
            return try file?.load()
        } catch {
            logger.error("the plan that was kept is of no use", ["error": .string("\(error)")])
            return nil
        }
    }

    public func run() async throws {
        while true {
            try await clock.sleep(until: clock.now.advanced(by: state.withLock { $0.interval }))
            _ = await beat()
            keepPlan()
        }
    }

    /// Asks for the plan.
    public func reload() async throws {
        guard await beat() else { throw NotHeard() }
    }

    private struct NotHeard: Error, CustomStringConvertible {
        let description = "no coordinator takes heartbeats"
    }

    /// Drains: goes on until others have everything, nobody is there who could give it to them, or time is up.
    public func stop(before deadline: MonotonicClock.Instant) async {
        state.withLock { ($0.isDraining, $0.mayLeave) = (true, false) }
        while clock.now < deadline {
            _ = await beat()
            if isAlone || state.withLock({ $0.mayLeave || $0.isNameTaken }) { return }
            do { try await clock.sleep(until: clock.now.advanced(by: .milliseconds(500))) } catch { return }
        }
    }

    /// By then another coordinator leads where one has failed.
    private static let longestElection = Duration.seconds(15)

    /// By then one of them is there again that was only started anew.
    private static let longestStart = Duration.seconds(3)

    private var isAlone: Bool {
        let (now, silentSince, goneSince) = state.withLock { (clock.now, $0.silentSince, $0.goneSince) }
        return silentSince.map { $0.duration(to: now) >= Self.longestElection } ?? false
            || goneSince.map { $0.duration(to: now) >= Self.longestStart } ?? false
    }

    /// - Returns: whether a coordinator has answered.
    private func beat() async -> Bool {
        let report = await member.report()
        let heartbeat = state.withLock { state in
            Heartbeat(
                nonce: nonce, host: settings.host, port: port(), isReady: state.following.isReady,
                isDraining: state.isDraining, plan: state.isNameTaken ? nil : state.keeper.plan?.identity,
                refusals: state.keeper.refusals, problem: state.following.problem,
                slices: report.slices, upstreams: report.upstreams, unreachable: report.unreachable,
                longestQuestionSeconds: report.longestQuestionSeconds)
        }
        do throws(Coordinators.Unavailable) {
            let patience = state.withLock { $0.interval }
            await take(try await coordinators.send(heartbeat, of: shard, patience: patience))
            return true
        } catch {
            if error.isNameTaken { await standBack(error) } else { noteSilence(error) }
            return false
        }
    }

    /// What the plan gives to the name is the other process's to do, and is laid down here.
    private func standBack(_ error: Coordinators.Unavailable) async {
        let (isNew, plan) = state.withLock { state in
            defer {
                (state.isNameTaken, state.hasFollowed) = (true, false)
                (state.silentSince, state.goneSince) = (nil, nil)
            }
            return (!state.isNameTaken, state.hasFollowed ? state.keeper.plan : nil)
        }
        if let plan { _ = await member.follow(plan.withoutWork, as: shard) }
        guard isNew else { return }
        logger.error(
            "another process has the name of this shard: give each its own (fleet.shard), or wait for the former one to be lost",
            ["shard": .string(shard), "error": .string(error.description)])
    }

    private func noteSilence(_ error: Coordinators.Unavailable) {
        let isNew = state.withLock { state in
            defer {
                let now = clock.now
                state.silentSince = state.silentSince ?? now
                state.goneSince = error.isSilence ? state.goneSince ?? now : nil
                state.isKnownAsGone = error.isSilence
            }
            return state.silentSince == nil || state.isKnownAsGone != error.isSilence
        }
        guard isNew else { return }
        let message = error.isSilence ? "no coordinator answers" : "no coordinator takes heartbeats"
        logger.warning(message, ["error": .string(error.description)])
    }

    private func take(_ answer: HeartbeatAnswer) async {
        state.withLock { state in
            (state.silentSince, state.goneSince) = (nil, nil)
            state.isNameTaken = false
            state.mayLeave = answer.mayLeave
            state.interval = .seconds(min(max(answer.nextSeconds, 0.05), 60))
        }
        guard let plan = answer.plan, plan.identity != self.plan?.identity else { return await followKept() }
        if let flaw = plan.flaw {
            return logger.error("a plan that can't be followed", ["flaw": .string(flaw)])
        }
        guard state.withLock({ $0.keeper.offer(plan) }) else {
            await followKept()
            return logger.warning("a plan was refused", ["plan": .string("\(plan.identity)")])
        }
        await follow(plan)
        keepPlan()
    }

    /// Again and again until it is on the disk: without it a start without coordinators has no work.
    private func keepPlan() {
        guard let file, let plan, state.withLock({ $0.saved }) != plan.identity else { return }
        do {
            try file.save(plan)
            state.withLock { ($0.saved, $0.savingError) = (plan.identity, nil) }
        } catch {
            let reason = "\(error)"
            let isNews = state.withLock { state in
                defer { state.savingError = reason }
                return state.savingError != reason
            }
            if isNews { logger.error("the plan wasn't kept", ["error": .string(reason)]) }
        }
    }

    /// After a start the plan on the disk holds, where no coordinator has another; the last one, when the name is free again.
    private func followKept() async {
        if !state.withLock({ $0.hasFollowed }), let plan { await follow(plan) }
    }

    private func follow(_ plan: Plan) async {
        state.withLock { $0.hasFollowed = true }
        let following = await member.follow(plan, as: shard)
        switch following {
        case .entirely: break
        case .inPart(let problem): logger.error("the plan is followed in part", ["problem": .string(problem)])
        case .notAtAll(let problem): logger.error("the plan can't be followed", ["problem": .string(problem)])
        }
        state.withLock { $0.following = following }
        logger.info("plan", ["plan": .string("\(plan.identity)")])
    }
}

extension MembershipService {
    private static let refused = MetricFamily(
        "slurm_exporter_refused_plans_total", .counter,
        help: "Plans that were not followed, since a later one is: coordinators that no longer lead had made them.",
        labels: ["reason"], merge: .union)

    public func register(in registry: MetricRegistry) {
        registry.collect([Self.refused]) { [weak self] tables in
            guard let counts = self?.state.withLock({ $0.keeper.refused }) else { return }
            for reason in PlanRefusal.allCases {
                tables[0].set(Double(counts[reason] ?? 0), at: tables[0].row(reason.rawValue))
            }
        }
    }
}
