public import Federation
import HTTPClient
import Locks
public import Metrics
public import ServiceRuntime
public import SnapshotFormat

/// Keeps what `/federate` shows of the fleet as new as its shards are.
///
/// Each slice is asked on its own, so that a slow, endless or broken shard delays nobody; what is shown changes when a
/// document came that changes it, and when something gets too old.
public final class FleetGatherer: Service {
    public let name = "fleet gatherer"
    public static let source: Federation.Source = "fleet"

    public struct Settings: Sendable {
        /// How often each slice is asked whether it has something new.
        public var interval = Duration.seconds(1)
        public var timeout = Duration.seconds(10)
        /// Of one document, when it is not compressed any more.
        public var documentLimit = 1 << 30

        public init() {}
    }

    private struct State {
        var merger: FleetMerger
        var counters = CounterArchive()
        var fetchers: [String: SliceFetcher] = [:]
        /// Slices that are being asked.
        var asked: Set<String> = []
        /// Slices that have answered, or failed to, once.
        var tried: Set<String> = []
        var expires: MonotonicClock.Instant?
        var clashes = 0
        var errors: [String: Int] = [:]
    }

    private let directory: any SliceDirectory
    private let federation: Federation
    private let settings: Settings
    private let logger: Logger
    private let clock: MonotonicClock
    private let wallClock: WallClock
    private let onMerge: @Sendable (MergedFleet) -> Void
    private let state: Locked<State>
    private let news = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    /// - Parameters:
    ///   - figures: what is computed of merged families besides ``FleetFigure/recorded``.
    ///   - onMerge: hears of all that is shown anew; it delays what is shown next.
    public init(
        _ directory: any SliceDirectory, figures: [FleetFigure], federation: Federation,
        settings: Settings = Settings(),
        logger: Logger, clock: MonotonicClock = .system, wallClock: WallClock = .system,
        onMerge: @escaping @Sendable (MergedFleet) -> Void = { _ in }
    ) {
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
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await self.publishNews() }
            while true {
                for slice in due() { group.addTask { await self.ask(slice, client) } }
                try await clock.sleep(until: clock.now.advanced(by: settings.interval))
            }
        }
    }

    /// The slices that nobody is asking at this moment.
    private func due() -> [ServedSlice] {
        let slices = directory.slices
        let now = clock.now
        let (due, isExpired) = state.withLock { state in
            state.merger.arrange(slices)
            let names = Set(slices.map(\.name))
            state.fetchers = state.fetchers.filter { names.contains($0.key) }
            state.tried.formIntersection(names)
            state.counters.keep(only: names)
            let due = slices.filter { state.asked.insert($0.name).inserted }
            return (due, state.expires.map { $0 <= now } ?? slices.isEmpty)
        }
        if isExpired { news.continuation.yield() }
        return due
    }

    private func ask(_ slice: ServedSlice, _ client: HTTPClient) async {
        var fetcher =
            state.withLock { $0.fetchers[slice.name] }
            ?? SliceFetcher(client: client, timeout: settings.timeout, limit: settings.documentLimit)
        var document: SnapshotDocument?
        do throws(SliceFailure) { document = try await fetcher.fetch(slice) } catch {
            guard !Task.isCancelled else { return }
            logger.warning("slice not fetched", ["slice": .string(slice.name), "error": .string("\(error)")])
            state.withLock { $0.errors[error.label, default: 0] += 1 }
        }
        let now = clock.now
        let isNews = state.withLock { state in
            state.fetchers[slice.name] = fetcher
            state.asked.remove(slice.name)
            if let document {
                state.merger.take(document, of: slice.name, at: now)
                state.counters.take(document.states, of: slice.name)
            }
            return state.tried.insert(slice.name).inserted || document != nil
        }
        if isNews { news.continuation.yield() }
    }

    private func publishNews() async {
        var fleetPart = FleetPart()
        for await _ in news.stream {
            let (merger, isWhole) = state.withLock { state in
                (state.merger, directory.slices.allSatisfy { state.tried.contains($0.name) })
            }
            // Before every slice was asked once, what there is would be taken for all there is.
            guard isWhole else { continue }
            let fleet = merger.merged(at: clock.now)
            state.withLock {
                $0.expires = fleet.expires
                $0.clashes = fleet.clashes
            }
            onMerge(fleet)
            let part = fleetPart.part(of: fleet, time: wallClock.now.nanoseconds / 1_000_000)
            federation.publish(part, of: Self.source)
        }
    }
}

extension FleetGatherer {
    private static let clashes = MetricFamily(
        "slurm_fleet_slice_clashes", .gauge, help: "Series that two slices show although each has its own.",
        merge: .union)
    private static let errors = MetricFamily(
        "slurm_fleet_slice_errors_total", .counter, help: "Documents of slices that did not come, by reason.",
        labels: ["reason"], merge: .union)

    public func register(in registry: MetricRegistry) {
        registry.collect([Self.clashes, Self.errors]) { [weak self] tables in
            guard let (clashes, errors) = self?.state.withLock({ ($0.clashes, $0.errors) }) else { return }
            tables[0].set(Double(clashes), at: tables[0].row())
            for (reason, count) in errors { tables[1].set(Double(count), at: tables[1].row(reason)) }
        }
    }
}
