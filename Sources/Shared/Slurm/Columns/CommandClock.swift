/// The clock by which a command counted how long jobs run and wait, told from what it says of them.
struct CommandClock {
    private(set) var now: Timestamp?

    mutating func see(_ time: Timestamp) {
        now = now.map { max($0, time) } ?? time
    }

    /// Whether a moment was over when the command began to print.
    func isOver(_ time: Timestamp) -> Bool {
        now.map { $0.since(time) > Self.longestPrint } ?? false
    }

    /// In seconds: the clock goes on while a list is printed.
    private static let longestPrint: Int64 = 5
}
