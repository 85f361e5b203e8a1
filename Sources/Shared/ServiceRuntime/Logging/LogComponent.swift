import Synchronization

/// The level of one component where its loggers can read it without a lock.
final class LogComponent: Sendable {
    let name: String
    private let rank: Atomic<Int>

    init(_ name: String, threshold: LogLevel) {
        self.name = name
        self.rank = Atomic(threshold.rank)
    }

    var threshold: LogLevel {
        get { LogLevel.allCases[rank.load(ordering: .relaxed)] }
        set { rank.store(newValue.rank, ordering: .relaxed) }
    }

    func isOn(_ level: LogLevel) -> Bool {
        level.rank >= rank.load(ordering: .relaxed)
    }
}
