import Foundation
import FoundationNetworking
import Locks

/// A client of `/federate` that asks an address every 100 ms, and judges each answer.
final class Poller: Sendable {
    struct Account: Sendable {
        var answers = 0
        var failures: [String] = []
        /// Answers of the leader's, and of the asked one's own copy.
        var sources: [String: Int] = [:]
        var slowest = Duration.zero
    }

    private let state = Locked(Account())
    private let isOver = Locked(false)
    private let url: URL
    private let expected: Set<String>
    private let session: URLSession

    /// - Parameter expected: series that each answer has to have.
    init(_ address: String, expecting expected: Set<String>) {
        url = URL(string: "http://\(address)\(RunningFleet.everything)")!
        self.expected = expected
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = 10
        session = URLSession(configuration: configuration)
    }

    var account: Account { state.withLock { $0 } }

    /// What is under way is let finish: a cancelled question of Linux' URLSession can wait for itself for ever.
    func end() { isOver.withLock { $0 = true } }

    /// Until it is ended.
    func poll() async {
        while !isOver.withLock({ $0 }) {
            let start = ContinuousClock.now
            await ask()
            let took = start.duration(to: .now)
            state.withLock { $0.slowest = max($0.slowest, took) }
            try? await Task.sleep(until: start + .milliseconds(100), clock: .continuous)
        }
    }

    private func ask() async {
        do {
            let (data, response) = try await session.data(from: url)
            let answer = response as! HTTPURLResponse
            let source = answer.value(forHTTPHeaderField: "X-Slurm-Federate-Source") ?? "none"
            let flaw = answer.statusCode == 200 ? flaw(of: data) : "status \(answer.statusCode)"
            state.withLock { account in
                account.answers += 1
                account.sources[source, default: 0] += 1
                if let flaw { account.failures.append("\(source): \(flaw)") }
            }
        } catch {
            state.withLock { $0.failures.append("\(error)") }
        }
    }

    private func flaw(of data: Data) -> String? {
        let series = Self.series(in: String(decoding: data, as: UTF8.self))
        let missing = expected.subtracting(series)
        return missing.isEmpty ? nil : "\(missing.count) series are missing, such as \(missing.min()!)"
    }

    static func series(in text: String) -> Set<String> {
        Set(
            text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
                String(line[..<(line.lastIndex(of: " ") ?? line.endIndex)])
            })
    }
}
