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
    private let roster: Locked<Roster>
    /// Of targets that are new, with what their first scrape has left.
    private let newcomers = Locked<[(Roster.Entry, Scraper)]>([])
    private let federation: Federation
    private let logger: Logger
    private let clock: MonotonicClock
    private let wallClock: WallClock
    private let bell = Bell()
    /// Whoever shows something of the board does it alone, so that what is shown last is what was noted last.
    private let boardTurn = Locked(())

    public init(
        _ targets: [StaticTarget], federation: Federation, logger: Logger,
        clock: MonotonicClock = .system, wallClock: WallClock = .system
    ) {
        let roster = Roster(targets)
        self.roster = Locked(roster)
        self.federation = federation
        self.logger = logger
        self.clock = clock
        self.wallClock = wallClock
        board = TargetBoard(roster)
    }

    /// To be arranged in the federation, after others.
    public var sources: [Federation.Source] { roster.withLock { $0.sources } }

    public func start() async throws {
        let entries = roster.withLock { $0.entries }
        let client = try makeClient(for: entries.count)
        try newcomers.withLock { newcomers in
            newcomers = try entries.map { ($0, try Scraper($0.target, client: client)) }
        }
        bell.ring()
    }

    private func makeClient(for targets: Int) throws -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        // One that hangs keeps its connection until its timeout, and nobody else's.
        configuration.connections = max(configuration.connections, 2 * targets)
        configuration.connectionsPerHost = configuration.connections
        return try HTTPClient(configuration)
    }

    public func stop(before deadline: MonotonicClock.Instant) async {}

    public func run() async throws {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.goOnWithoutTheSilent() }
            for await _ in bell.rings {
                let started = newcomers.withLock { newcomers in
                    defer { newcomers = [] }
                    return newcomers
                }
                for (place, (entry, scraper)) in started.enumerated() {
                    let due = clock.now.advanced(by: Self.offset(of: place, among: started.count, entry.target))
                    group.addTask { await self.gather(entry, scraper, from: due) }
                }
            }
            group.cancelAll()
        }
    }

    /// At the start all wait for the first scrape of each, but not for long: one that hangs would hold back all others.
    private static let patience = Duration.seconds(2)

    private func goOnWithoutTheSilent() async {
        guard (try? await clock.sleep(until: clock.now + Self.patience)) != nil else { return }
        if board.giveUpWaiting() { publishBoard() }
        federation.goOn(without: sources)
    }

    /// Spreads the targets over the first quarter of a second, or of their interval where that is less.
    private static func offset(of place: Int, among count: Int, _ target: StaticTarget) -> Duration {
        min(target.interval / 4, .milliseconds(250)) * place / max(count, 1)
    }

    private func gather(_ entry: Roster.Entry, _ scraper: Scraper, from start: MonotonicClock.Instant) async {
        var (scraper, due) = (scraper, start)
        while (try? await clock.sleep(until: due)) != nil, roster.withLock({ $0.contains(entry.number) }) {
            if let scraped = await scrape(entry, &scraper) { show(scraped) }
            // A scrape that took longer than the interval has used up the next one's turn.
            while due <= clock.now { due = due.advanced(by: entry.target.interval) }
        }
    }

    /// - Returns: nil where it was cancelled.
    private func scrape(_ entry: Roster.Entry, _ scraper: inout Scraper) async -> Scraped? {
        let start = clock.now
        let outcome: Result<Scraper.Result, ScrapeError>
        do throws(ScrapeError) {
            outcome = .success(try await scraper.scrape(at: wallClock.now.nanoseconds / 1_000_000))
        } catch {
            guard !Task.isCancelled else { return nil }
            outcome = .failure(error)
            logger.with(["target": .string(TargetURL(entry.target.url).shown)])
                .warning("scrape failed", ["error": .string("\(error)")])
        }
        return Scraped(entry: entry, outcome: outcome, duration: start.duration(to: clock.now))
    }

    /// - Returns: nil where nothing that is shown would be another.
    private func news(in scraped: Scraped) -> SeriesPart? {
        guard case .success(let result) = scraped.outcome else { return .empty }
        return result.isUnchanged && !federation.settings.writesTimestamps ? nil : result.part
    }

    private func note(_ scraped: Scraped) -> Bool {
        board.note(scraped.outcome, of: scraped.entry.number, took: scraped.duration)
    }

    private struct Scraped: Sendable {
        let entry: Roster.Entry
        let outcome: Result<Scraper.Result, ScrapeError>
        let duration: Duration
    }

    /// What came of a scrape is shown together with what the board says of it.
    private func show(_ scraped: Scraped) {
        boardTurn.withLock { _ in
            var parts: [Federation.Source: SeriesPart] = [:]
            parts[scraped.entry.source] = news(in: scraped)
            // With a time it is shown for as long as servers look back, and no longer.
            if note(scraped) || federation.settings.writesTimestamps { parts[Roster.boardSource] = boardPart }
            federation.publish(parts)
        }
    }

    private func publishBoard() {
        boardTurn.withLock { _ in federation.publish(boardPart, of: Roster.boardSource) }
    }

    private var boardPart: SeriesPart {
        var reader = PartReader(.text, labels: TargetLabels(), time: wallClock.now.nanoseconds / 1_000_000)
        do throws(ExpositionError) {
            try reader.read(Array(board.exposition().utf8))
            return try reader.finish().part
        } catch { preconditionFailure("what this program writes can't be read: \(error)") }
    }
}

extension Gatherer {
    /// Takes over other targets without a gap: each new one is asked once before anything that is shown changes.
    public func adopt(_ targets: [StaticTarget]) async throws {
        let old = roster.withLock { $0 }
        let new = old.succeeded(by: targets)
        guard old.sources != new.sources else { return }
        let client = try makeClient(for: targets.count)
        let added = try new.entries.filter { !old.contains($0.number) }
            .map { ($0, try Scraper($0.target, client: client)) }
        let (scraped, scrapers) = await firstScrapes(added)
        try Task.checkCancellation()
        boardTurn.withLock { _ in
            board.arrange(new.entries)
            for scraped in scraped { _ = note(scraped) }
            var parts = Dictionary(uniqueKeysWithValues: scraped.map { ($0.entry.source, news(in: $0) ?? .empty) })
            parts[Roster.boardSource] = boardPart
            roster.withLock { $0 = new }
            federation.replace(old.sources, with: new.sources, showing: parts)
        }
        newcomers.withLock { $0 += scrapers }
        bell.ring()
    }

    private func firstScrapes(
        _ added: [(Roster.Entry, Scraper)]
    ) async -> (scraped: [Scraped], scrapers: [(Roster.Entry, Scraper)]) {
        await withTaskGroup(of: (Scraped?, Roster.Entry, Scraper).self) { group in
            for (entry, scraper) in added {
                group.addTask {
                    var scraper = scraper
                    let scraped = await self.scrape(entry, &scraper)
                    return (scraped, entry, scraper)
                }
            }
            return await group.reduce(into: ([], [])) { all, result in
                if let scraped = result.0 { all.0.append(scraped) }
                all.1.append((result.1, result.2))
            }
        }
    }
}
