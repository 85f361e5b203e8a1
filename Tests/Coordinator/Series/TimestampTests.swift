import FederatedSeries
import Testing

/// Samples that say when they were taken, read at one second.
struct TimestampTests {
    private static let read: Int64 = 1_000_000

    private func line(stamped own: Int64, readAgainAt again: Int64 = read, shownAt now: Int64) throws -> String {
        let part = try part("a 1 \(own)\n", time: Self.read).part.read(at: again)
        let text = try Generation([part]).text("a", settings: AnswerSettings(writesTimestamps: true), now: now)
        return text.split(separator: "\n").last.map(String.init) ?? ""
    }

    @Test func countsWhatIsAheadAsOfTheScrape() throws {
        for ahead: Int64 in [0, 1, 500, 600_000] {
            let line = try line(stamped: Self.read + ahead, shownAt: Self.read)
            #expect(line == "a{instance=\"\"} 1 1000000", "\(ahead)")
        }
        #expect(try line(stamped: Self.read + 600_001, shownAt: Self.read + 600_001) == "")
        let again = try line(stamped: Self.read + 500, readAgainAt: Self.read + 2_000, shownAt: Self.read + 2_000)
        #expect(again == "a{instance=\"\"} 1 1000500")
    }

    @Test func showsForFiveMinutes() throws {
        #expect(try line(stamped: Self.read - 300_000, shownAt: Self.read) != "")
        #expect(try line(stamped: Self.read - 300_001, shownAt: Self.read) == "")
        #expect(try line(stamped: Self.read + 500, shownAt: Self.read + 300_001) == "")
    }
}
