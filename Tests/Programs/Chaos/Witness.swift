import HTTPClient
import Locks
import TestSupport

/// Asks `/federate` of one coordinator every 100 ms, and one process that asks the same Slurm by itself, and says at the
/// end what the fleet has shown that must not be:
///
/// - A series twice, or a counter that goes back.
/// - A value that the other hasn't had for longer than values last; Slurm makes no step before the other has seen it.
/// - Nothing, without a word, in place of a series that was there all the time.
final class Witness: Sendable {
    fileprivate struct State {
        let start = ContinuousClock.now
        var account = Client.Account()
        var fleet = History()
        var whole = History()
        var complaints: [String] = []
        var highest: [String: Double] = [:]
        /// How often a known series wasn't there, and whether its family was said to be incomplete.
        var absences: [String: (told: Int, untold: Int)] = [:]
    }

    private let state = Locked(State())
    private let url: String
    private let whole: WholeShard
    private let client: HTTPClient

    init(_ address: String, _ whole: WholeShard, _ client: HTTPClient) {
        url = "http://\(address)\(Client.path)"
        self.whole = whole
        self.client = client
    }

    var account: Client.Account { state.withLock { $0.account } }

    func watchFleet() async {
        await everyTenth { [client, url] reader in
            let start = ContinuousClock.now
            let answer = try? await client.get(url, within: .seconds(10))
            guard !Task.isCancelled else { return }
            let samples = answer.flatMap { $0.0 == 200 ? reader.read($0.1) : nil }
            self.state.withLock { $0.take(samples, asked: start) }
        }
    }

    func watchWhole() async {
        await everyTenth { [whole] reader in
            guard let body = await whole.metrics() else { return }
            let samples = reader.read(body)
            self.state.withLock { $0.whole.note(samples, at: .now) }
        }
    }

    /// Waits until the other has seen what Slurm says, and has been seen to show it.
    func wholeHasSeen(since moment: ContinuousClock.Instant) async throws -> Bool {
        guard try await whole.showsAnswers(since: moment) else { return false }
        let answers = state.withLock { $0.whole.answers }
        return await eventually { state.withLock { $0.whole.answers } > answers + 1 }
    }

    private func everyTenth(_ body: (inout SampleReader) async -> Void) async {
        var reader = SampleReader()
        while !Task.isCancelled {
            let start = ContinuousClock.now
            await body(&reader)
            try? await Task.sleep(until: start + .milliseconds(100), clock: .continuous)
        }
    }

    /// - Parameters:
    ///   - lifetime: how long a value may be shown after the next one is there.
    ///   - patience: how long a value may be shown that nobody else has seen, where one list of Slurm's is newer than another,
    ///     and how much later than the fleet the one process may have asked.
    ///   - mayLack: whether something may be missing for a while, if that is said.
    func verdict(lifetime: Duration, patience: Duration = .zero, mayLack: Bool) -> [String] {
        state.withLock { $0.complaints + $0.wrongValues(lifetime, patience) + $0.gaps(mayLack) }
    }
}

extension Witness.State {
    mutating func take(_ samples: Samples?, asked start: ContinuousClock.Instant) {
        account.requests += 1
        account.slowest = max(account.slowest, start.duration(to: .now))
        guard let samples else {
            account.failed += 1
            return complaints.append("at \(age) a request failed")
        }
        account.duplicates += samples.duplicates.count
        complaints += samples.duplicates.map { "\($0) is there twice" }
        fleet.note(samples, at: .now)
        compareCounters(samples)
        noteAbsences(samples)
    }

    private mutating func compareCounters(_ samples: Samples) {
        var fallen: [String] = []
        for (series, value) in samples.values where samples.counters.contains(String(series.prefix { $0 != "{" })) {
            guard !Self.isSlurms(series) else { continue }
            if let before = highest[series], value < before { fallen.append("\(series) from \(before) to \(value)") }
            highest[series] = value
        }
        guard let first = fallen.min() else { return }
        complaints.append("at \(age) \(fallen.count) counters went back, such as \(first)")
    }

    private var age: Duration { start.duration(to: .now) }

    /// Counters of the controller's and the database's own, and of coordinators.
    private static func isSlurms(_ series: String) -> Bool {
        ["slurm_scheduler_", "slurm_rpc_", "slurm_backfill_", "slurm_slurmdbd_", "slurm_dbd_", "slurm_fleet_"].contains
        {
            series.hasPrefix($0)
        }
    }

    private mutating func noteAbsences(_ samples: Samples) {
        for series in fleet.spans.keys where samples.values[series] == nil {
            if samples.isComplete(series) == false {
                absences[series, default: (0, 0)].told += 1
            } else {
                absences[series, default: (0, 0)].untold += 1
            }
        }
    }

    func wrongValues(_ lifetime: Duration, _ patience: Duration) -> [String] {
        let judged = fleet.spans.filter { !Self.dependsOnMoments($0.key) }
        return judged.sorted { $0.key < $1.key }.flatMap { series, spans in
            spans.filter { span in
                span.first.duration(to: span.last) >= patience
                    && ![span.first, span.last].allSatisfy {
                        whole.has(span.value, of: series, at: $0, lasting: lifetime, slack: max(patience, .seconds(3)))
                    }
            }.map { "\(series) was \($0.value), which it wasn't, for \($0.first.duration(to: $0.last))" }
        }
    }

    /// Whether its value depends on the moments at which Slurm was asked, and so is nobody else's: of two changes between
    /// two answers only what they come to is seen.
    private static func dependsOnMoments(_ series: String) -> Bool {
        [
            "slurm_node_state_transitions_total", "slurm_node_gpu_seconds_total", "slurm_node_unavailable_duration_",
            "slurm_node_draining_duration_", "slurm_job_start_rate_", "slurm_job_throughput_",
        ].contains { series.hasPrefix($0) }
    }

    mutating func gaps(_ mayLack: Bool) -> [String] {
        let lasting = whole.lasting
        let never = lasting.subtracting(fleet.spans.keys)
        let gaps = absences.filter { lasting.contains($0.key) }
        account.gap = Double(gaps.values.reduce(0) { $0 + $1.told + $1.untold }) * 0.1
        return never.sorted().map { "\($0) was never shown" }
            + gaps.sorted { $0.key < $1.key }.compactMap { series, times in
                guard times.untold > 0 || !mayLack else { return nil }
                return "\(series) was missing \(times.told + times.untold) times, \(times.untold) times without a word"
            }
    }
}
