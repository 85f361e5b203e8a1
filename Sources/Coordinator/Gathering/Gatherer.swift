import Exposition
import FederatedSeries
public import Federation
import HTTPClient
import Locks
public import ServiceRuntime

/// Asks static targets, each at its own interval and on its own time, so that no target delays another.
///
/// As with Prometheus, a scrape that fails takes all series of its target away, and so does one that breaks off: what had
/// come until then doesn't count. Other than there, a redirect is a failure, and so is a body above the target's limit.
public final class Gatherer: Service {
    public let name = "gatherer"
    public let board: TargetBoard
    private let targets: [StaticTarget]
    private let federation: Federation
    private let client = Locked<HTTPClient?>(nil)
    private let logger: Logger
    private let clock: MonotonicClock
    private let wallClock: WallClock

    public init(
        _ targets: [StaticTarget], federation: Federation, logger: Logger,
        clock: MonotonicClock = .system, wallClock: WallClock = .system
    ) {
        self.targets = targets
        self.federation = federation
        self.logger = logger
        self.clock = clock
        self.wallClock = wallClock
        board = TargetBoard(targets)
    }

    /// To be arranged in the federation; what is told of the targets themselves comes last.
    public var sources: [Federation.Source] {
        targets.isEmpty ? [] : targets.indices.map(Self.source) + [Self.boardSource]
    }

    private static func source(_ place: Int) -> Federation.Source { "target \(place)" }

    private static let boardSource: Federation.Source = "targets"

    public func start() async throws {
        var configuration = HTTPClient.Configuration()
        // One that hangs keeps its connection until its timeout, and nobody else's.
        configuration.connections = max(configuration.connections, 2 * targets.count)
        configuration.connectionsPerHost = configuration.connections
        let made = try HTTPClient(configuration)
        client.withLock { $0 = made }
    }

    public func stop(before deadline: MonotonicClock.Instant) async {}

    public func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for place in targets.indices { group.addTask { try await self.gather(place) } }
            // With no targets, a service still lasts until it is told to stop.
            group.addTask {
                while true { try await self.clock.sleep(until: self.clock.now.advanced(by: .seconds(3600))) }
            }
            try await group.waitForAll()
        }
    }

    private func gather(_ place: Int) async throws {
        guard let client = client.withLock({ $0 }) else { preconditionFailure("a service runs once it has started") }
        let target = targets[place]
        var scraper = try Scraper(target, client: client)
        var due = clock.now.advanced(by: offset(of: place))
        while true {
            try await clock.sleep(until: due)
            await scrape(place, &scraper)
            // A scrape that took longer than the interval has used up the next one's turn.
            while due <= clock.now { due = due.advanced(by: target.interval) }
        }
    }

    /// Spreads the targets over the first quarter of a second, or of their interval where that is less.
    private func offset(of place: Int) -> Duration {
        min(targets[place].interval / 4, .milliseconds(250)) * place / max(targets.count, 1)
    }

    private func scrape(_ place: Int, _ scraper: inout Scraper) async {
        let start = clock.now
        let outcome: Result<Scraper.Result, ScrapeError>
        do throws(ScrapeError) {
            let result = try await scraper.scrape(at: wallClock.now.nanoseconds / 1_000_000)
            outcome = .success(result)
            // Without timestamps nothing that is shown would be another.
            if !result.isUnchanged || federation.settings.writesTimestamps {
                federation.publish(result.part, of: Self.source(place))
            }
        } catch {
            guard !Task.isCancelled else { return }
            outcome = .failure(error)
            logger.warning("scrape failed", ["target": .string(targets[place].url), "error": .string("\(error)")])
            federation.publish(.empty, of: Self.source(place))
        }
        if board.note(outcome, of: place, took: start.duration(to: clock.now)) { publishBoard() }
    }

    private func publishBoard() {
        var reader = PartReader(.text, labels: TargetLabels(), time: wallClock.now.nanoseconds / 1_000_000)
        do throws(ExpositionError) {
            try reader.read(Array(board.exposition().utf8))
            federation.publish(try reader.finish().part, of: Self.boardSource)
        } catch { preconditionFailure("what this program writes can't be read: \(error)") }
    }
}
