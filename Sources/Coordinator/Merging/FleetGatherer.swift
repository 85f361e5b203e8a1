public import Federation
import HTTPClient
import Locks
public import ServiceRuntime
public import SnapshotFormat

/// Keeps what `/federate` shows of the fleet as new as its shards are.
///
/// Shards are asked which of their slices have changed, and for those. Each is asked on its own, and so for each slice, so
/// that a slow, endless or broken one delays nobody; what is shown changes when a document came that changes it, and when
/// something gets too old.
public final class FleetGatherer: Service {
    public let name = "fleet gatherer"
    public static let source: Federation.Source = "fleet"

    public struct Settings: Sendable {
        /// How often each slice is asked whether it has something new.
        public var interval = Duration.seconds(1)
        public var timeout = Duration.seconds(10)
        public var patience = AnswerPatience()
        /// Of one document, when it is not compressed any more.
        public var documentLimit = 1 << 30

        public init() {}
    }

    let directory: any SliceDirectory
    private let federation: Federation
    let settings: Settings
    let logger: Logger
    let clock: MonotonicClock
    private let wallClock: WallClock
    private let onMerge: @Sendable (MergedFleet) -> Void
    let state: Locked<State>
    let pace: @Sendable () -> Duration
    let bell = Bell()
    let news = Bell()

    /// - Parameters:
    ///   - figures: what is computed of merged families besides ``FleetFigure/recorded``.
    ///   - pace: how far apart rounds are, where it isn't the settings' interval.
    ///   - onMerge: hears of all that is shown anew; it delays what is shown next.
    public init(
        _ directory: any SliceDirectory, figures: [FleetFigure], federation: Federation,
        settings: Settings = Settings(),
        logger: Logger, clock: MonotonicClock = .system, wallClock: WallClock = .system,
        pace: (@Sendable () -> Duration)? = nil,
        onMerge: @escaping @Sendable (MergedFleet) -> Void = { _ in }
    ) {
        self.pace = pace ?? { settings.interval }
        self.directory = directory
        self.federation = federation
        self.settings = settings
        self.logger = logger
        self.clock = clock
        self.wallClock = wallClock
        self.onMerge = onMerge
        state = Locked(State(merger: FleetMerger(figures: figures + FleetFigure.recorded)))
    }

    public func start() async throws {}

    public func stop(before deadline: MonotonicClock.Instant) async {}

    /// What whoever takes a slice over needs to count on; nil where nothing is known.
    public func counters(of slice: String) -> SnapshotDocument? {
        state.withLock { $0.counters }.document(of: slice)
    }

    public func run() async throws {
        let client = try HTTPClient()
        await withDiscardingTaskGroup { group in
            group.addTask { await self.publishNews() }
            bell.ring()
            var timer: Task<Void, Never>?
            for await _ in bell.rings {
                timer?.cancel()
                for slices in due() { group.addTask { await self.ask(slices, client) } }
                timer = bell.ring(at: clock.now + settings.interval, by: clock)
            }
            timer?.cancel()
            group.cancelAll()
        }
    }

    private func publishNews() async {
        var fleetPart = FleetPart()
        for await _ in news.rings {
            let now = clock.now
            guard let whole = whole() else { continue }
            let fleet = whole.merger.merged(at: now)
            defer { state.withLock { $0.looked = now } }
            guard state.withLock({ $0.mayShow(fleet, settings.patience, at: now) }) else { continue }
            state.withLock {
                $0.expires = fleet.expires
                $0.clashes = fleet.clashes
            }
            onMerge(fleet)
            let part = fleetPart.part(of: fleet, time: wallClock.now.nanoseconds / 1_000_000)
            federation.publish(part, of: Self.source)
            state.withLock {
                $0.isShown = true
                $0.isComplete = fleet.isComplete
                $0.published = whole.taken
                $0.shownSince = whole.confirmed
                $0.shownWithout = whole.hidden
            }
        }
    }

    /// As long as nobody knows which slices there are, those that there were.
    var knownSlices: [ServedSlice]? { directory.slices ?? state.withLock { $0.arranged } }

    /// All that there is to show, and as of when.
    private struct Whole {
        var merger: FleetMerger
        let hidden: Set<String>
        let taken: Int
        let confirmed: MonotonicClock.Instant?
    }

    /// Before every slice was asked once, what there is would be taken for all there is.
    private func whole() -> Whole? {
        guard let slices = knownSlices else { return nil }
        return state.withLock { state in
            guard slices.allSatisfy({ state.tried.contains($0.name) }) else { return nil }
            var whole = Whole(
                merger: state.merger, hidden: Set(state.hidden.keys), taken: state.taken,
                confirmed: state.confirmed.values.min())
            for slice in whole.hidden { whole.merger.leaveOut(slice) }
            return whole
        }
    }
}
