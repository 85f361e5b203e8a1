import HTTPClient
import Locks

/// Asks for the same pages as so many servers would, each of them for each page once an interval.
final class Scrapers: Sendable {
    struct Account {
        var scrapes = 0
        var failures = 0
    }

    private let state = Locked(Account())
    private let tasks = Locked<[Task<Void, Never>]>([])
    private let client: HTTPClient

    init(_ count: Int, of pages: [String], every interval: Duration = .seconds(1)) throws {
        client = try HTTPClient()
        let started = (0..<count).map { number in
            Task {
                // Not all at the same moment.
                var time = ContinuousClock.now + interval * number / count
                while !Task.isCancelled {
                    try? await Task.sleep(until: time, clock: .continuous)
                    for page in pages where !Task.isCancelled { await scrape(page) }
                    time = max(time + interval, .now)
                }
            }
        }
        tasks.withLock { $0 = started }
    }

    var account: Account { state.withLock { $0 } }

    func end() async {
        let ending = tasks.withLock { $0 }
        for task in ending { task.cancel() }
        for task in ending { await task.value }
    }

    private func scrape(_ page: String) async {
        let isWhole = (try? await read(page)) ?? false
        guard !Task.isCancelled else { return }
        state.withLock { account in
            account.scrapes += 1
            if !isWhole { account.failures += 1 }
        }
    }

    private func read(_ page: String) async throws -> Bool {
        let response = try await client.send(.init(.get, page))
        while try await response.body.next() != nil {}
        return response.status == 200
    }
}
