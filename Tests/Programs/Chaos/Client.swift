import HTTPClient
import Locks

/// Asks `/federate` of one coordinator every 100 ms, and judges what it gets.
final class Client: Sendable {
    static let path = "/federate?match[]=%7B__name__%3D~%22slurm_.%2B%22%7D"

    struct Account: Sendable {
        var requests = 0
        var failed = 0
        /// Why the last request failed.
        var reason = ""
        var duplicates = 0
        /// Series times seconds.
        var gap = 0.0
        var slowest = Duration.zero

        var complaint: String? {
            guard failed > 0 || gap > 0 || duplicates > 0 else { return nil }
            let last = failed > 0 ? ", the last with \(reason)" : ""
            return "\(gap) series-seconds are missing, \(duplicates) are there twice, \(failed) requests failed" + last
        }
    }

    private let account = Locked(Account())
    private let expected: Set<String>
    private let url: String
    private let client: HTTPClient

    init(_ address: String, _ client: HTTPClient, expecting expected: Set<String>) {
        url = "http://\(address)\(Self.path)"
        self.client = client
        self.expected = expected
    }

    var current: Account { account.withLock { $0 } }

    func run() async {
        while !Task.isCancelled {
            let start = ContinuousClock.now
            await ask(start)
            try? await Task.sleep(until: start + .milliseconds(100), clock: .continuous)
        }
    }

    private func ask(_ start: ContinuousClock.Instant) async {
        let (answer, reason) = await answer()
        let took = start.duration(to: .now)
        guard !Task.isCancelled else { return account.withLock { $0.slowest = max($0.slowest, took) } }
        let lines = answer.map { Self.lines(in: $0.1) } ?? []
        let series = Set(lines)
        account.withLock { account in
            account.requests += 1
            account.slowest = max(account.slowest, took)
            guard answer?.0 == 200 else {
                account.reason = reason
                return account.failed += 1
            }
            account.duplicates += lines.count - series.count
            account.gap += Double(expected.subtracting(series).count) * 0.1
        }
    }

    private func answer() async -> (answer: (Int, [UInt8])?, reason: String) {
        do {
            let answer = try await client.get(url, within: .seconds(10))
            return (answer, "\(answer.0): \(String(decoding: answer.1.prefix(200), as: UTF8.self))")
        } catch {
            return (nil, "\(error)")
        }
    }

    static func series(in body: [UInt8]) -> Set<String> { Set(lines(in: body)) }

    private static func lines(in body: [UInt8]) -> [String] {
        String(decoding: body, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            String(line[..<(line.lastIndex(of: " ") ?? line.endIndex)])
        }
    }
}
