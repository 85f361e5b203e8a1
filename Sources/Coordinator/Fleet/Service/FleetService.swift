import Dispatch
import FleetProtocol
public import Lease
import Locks
import Planning
public import ServiceRuntime
import Store

/// A coordinator's part in its fleet: while it leads it hears the shards, and gives them plans, each of which is kept before
/// anybody hears of it. While another one leads it follows what that one keeps, so that it knows the fleet when it is needed.
public final class FleetService: Service {
    public let name = "fleet"
    public let keeper: LeaseKeeper
    public let identity: CoordinatorIdentity
    public let availability: AvailabilitySettings
    let settings: FleetSettings
    let logger: Logger
    let clock: MonotonicClock
    let file: StoreFile
    let plans: PlanStore
    let register: CoordinatorRegister
    let state = Locked(State())
    let answers = Locked(EncodedAnswers())
    /// The store blocks, and plans are made one after the other.
    private let queue = DispatchQueue(label: "plans")

    struct State {
        /// Nil before the start.
        var work: FleetWork?
        /// What gives plans in a term; otherwise a view of the plan that the leader has kept, nil where there is none.
        var planner: Planner?
        /// When a view was taken, of which shards can't be told how they are now.
        var seen: MonotonicClock.Instant?
        /// The term that the planner is for; nil while this coordinator doesn't lead.
        var term: Election.Term?
        /// When that term was taken up last.
        var termBegan: MonotonicClock.Instant?
        var coordinators: [RegisteredCoordinator] = []
        /// What the others said last, by name.
        var reports: [String: LeaderReport] = [:]
        var name = NameClaim()
        /// Why the last plan could not be kept; nil where it was.
        var storeError: String?
        var storeErrors = 0
        /// Pieces of work that were moved in earlier terms.
        var formerMoves = 0
    }

    private static let tick = Duration.milliseconds(250)

    public init(
        _ settings: FleetSettings, _ availability: AvailabilitySettings, identity: CoordinatorIdentity, logger: Logger,
        clock: MonotonicClock = .system
    ) {
        self.settings = settings
        self.availability = availability
        self.identity = identity
        self.logger = logger
        self.clock = clock
        let timing = availability.timing
        file = StoreFile(path: settings.store, patience: timing.patience, logger: logger)
        plans = PlanStore(in: file)
        register = CoordinatorRegister(in: file)
        let election = Election(identity.candidate, timing: timing, courtesy: availability.courtesy, at: clock.now)
        keeper = LeaseKeeper(election, in: StoredLease(in: file), logger: logger)
    }

    public func start() async throws {
        let work = try FleetWork(settings)
        state.withLock { $0.work = work }
        await inTurn {
            if !self.availability.isElected { self.freeLease() }
            self.follow()
        }
    }

    /// Looks at the lease as soon as it changes, and at time.
    public func run() async throws {
        keeper.news.ring()
        var timer: Task<Void, Never>?
        for await _ in keeper.news.rings {
            timer?.cancel()
            await inTurn { self.attend() }
            timer = keeper.news.ring(at: clock.now + Self.tick, by: clock)
        }
        timer?.cancel()
    }

    public func stop(before deadline: MonotonicClock.Instant) async {
        await inTurn { _ = try? self.register.leave(self.own) }
    }

    /// Has other slices from now on, and other keys for all shards.
    public func adopt(_ work: FleetWork) async {
        state.withLock { $0.work = work }
        await inTurn {
            _ = self.advance { $0.configure(work.configuration, slices: work.slices, clusters: work.clusters) }
        }
    }

    private func attend() {
        meetCoordinators()
        let term = keeper.term
        switch (state.withLock({ $0.term }), term) {
        case (let served?, let term?) where served == term:
            advance { _ in }
            keepAgain()
        case (_, let term?): takeOffice(term)
        case (.some, nil): leaveOffice()
        case (nil, nil): follow()
        }
    }

    private func freeLease() {
        do throws(StoreError) { try StoredLease(in: file).free() } catch {
            logger.warning("the lease is not free", ["error": .string("\(error)")])
        }
    }

    func inTurn<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: body()) }
        }
    }
}
