import FederatedSeries
import Locks
public import Metrics

/// How all targets stand, for metrics, for people, and as the series that Prometheus, too, makes of its targets.
public final class TargetBoard: Sendable {
    public struct Status: Sendable, Equatable {
        public var target: StaticTarget
        /// Nil before the first scrape.
        public var isUp: Bool?
        public var samples = 0
        public var lastDuration: Duration?
        public var lastError: String?
        public var errors: [String: Int] = [:]
        public var scrapes = 0
        public var unchanged = 0
    }

    private let state: Locked<[(number: Int, status: Status)]>

    init(_ roster: Roster) {
        state = Locked(roster.entries.map { ($0.number, Status(target: $0.target)) })
    }

    public var statuses: [Status] { state.withLock { $0.map(\.status) } }

    /// Shows these targets and no others; what is known of one of them stays.
    func arrange(_ entries: [Roster.Entry]) {
        state.withLock { statuses in
            statuses = entries.map { entry in
                statuses.first { $0.number == entry.number } ?? (entry.number, Status(target: entry.target))
            }
        }
    }

    /// - Returns: whether `up` or the number of samples is another now.
    func note(_ result: Result<Scraper.Result, ScrapeError>, of number: Int, took duration: Duration) -> Bool {
        state.withLock { statuses in
            guard let place = statuses.firstIndex(where: { $0.number == number }) else { return false }
            let before = statuses[place].status
            statuses[place].status.note(result, took: duration)
            let now = statuses[place].status
            return (before.isUp, before.samples) != (now.isUp, now.samples)
        }
    }

    /// Has those that nothing is known of yet count as down.
    ///
    /// - Returns: whether there are any.
    func giveUpWaiting() -> Bool {
        state.withLock { statuses in
            let silent = statuses.indices.filter { statuses[$0].status.isUp == nil }
            for place in silent { statuses[place].status.isUp = false }
            return !silent.isEmpty
        }
    }

    /// `up` and `scrape_samples_scraped`, with the targets' labels.
    func exposition() -> String {
        let known = statuses.filter { $0.isUp != nil }
        let families: [(String, (Status) -> Int)] = [
            ("up", { $0.isUp == true ? 1 : 0 }), ("scrape_samples_scraped", { $0.samples }),
        ]
        return families.map { name, value in
            "# TYPE \(name) gauge\n" + known.map { "\(name){\($0.labelText)} \(value($0))\n" }.joined()
        }.joined()
    }
}

extension TargetBoard.Status {
    fileprivate mutating func note(_ result: Result<Scraper.Result, ScrapeError>, took duration: Duration) {
        scrapes += 1
        lastDuration = duration
        switch result {
        case .success(let result):
            (isUp, samples, lastError) = (true, result.samples, nil)
            if result.isUnchanged { unchanged += 1 }
        case .failure(let error):
            (isUp, samples, lastError) = (false, 0, error.description)
            errors[error.label, default: 0] += 1
        }
    }

    fileprivate var labelText: String {
        target.allLabels.sorted { $0.key < $1.key }.map { name, value in
            let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            return "\(name)=\"\(escaped)\""
        }.joined(separator: ",")
    }
}

extension TargetBoard {
    private static func gauge(_ name: MetricName, _ help: String, unit: String? = nil) -> MetricFamily {
        MetricFamily(name, .gauge, help: help, unit: unit, labels: ["target"], merge: .union)
    }

    private static func counter(_ name: MetricName, _ help: String, _ labels: [LabelName]) -> MetricFamily {
        MetricFamily(name, .counter, help: help, labels: labels, merge: .union)
    }

    private static let families = [
        gauge(
            "slurm_fleet_target_up",
            "Whether the last scrape of a static target succeeded. `target` is its instance; of several with the same, with "
                + "the path, and with the job where that doesn't tell them apart."),
        gauge("slurm_fleet_target_samples", "Samples that the last scrape of a static target gave."),
        gauge(
            "slurm_fleet_target_scrape_duration_seconds", "How long the last scrape of a static target took.",
            unit: "seconds"),
        counter("slurm_fleet_target_scrapes_total", "Scrapes of a static target, failed ones too.", ["target"]),
        counter(
            "slurm_fleet_target_unchanged_total", "Scrapes of a static target that said the same as the one before.",
            ["target"]),
        counter(
            "slurm_fleet_target_errors_total", "Scrapes of a static target that failed, by reason.",
            ["target", "reason"]),
    ]

    public func register(in registry: MetricRegistry) {
        registry.collect(Self.families) { [weak self] tables in
            let statuses = self?.statuses ?? []
            for (name, status) in zip(statuses.map(\.target).names, statuses) { tables.fill(status, named: name) }
        }
    }
}

extension [SeriesTable] {
    fileprivate mutating func fill(_ status: TargetBoard.Status, named target: String) {
        let values: [Double?] = [
            status.isUp.map { $0 ? 1 : 0 }, Double(status.samples), status.lastDuration.map { $0 / .seconds(1) },
            Double(status.scrapes), Double(status.unchanged),
        ]
        for (place, value) in values.enumerated() {
            if let value { self[place].set(value, at: self[place].row(target)) }
        }
        for (reason, count) in status.errors { self[5].set(Double(count), at: self[5].row(target, reason)) }
    }
}
