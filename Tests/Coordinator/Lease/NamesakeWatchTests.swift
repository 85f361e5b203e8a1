import ServiceRuntime
import Testing

@testable import Lease

struct NamesakeWatchTests {
    private let own = Candidate(name: "a", nonce: 1)

    private func record(_ holder: Candidate?, _ renewal: UInt64) -> LeaseRecord {
        LeaseRecord(holder: holder, epoch: 1, renewal: renewal, lifetime: .seconds(10))
    }

    /// Looks once a second, and says when somebody is there.
    private func found(_ records: [LeaseRecord?]) -> [Int] {
        var watch = NamesakeWatch(own)
        return records.enumerated().compactMap { second, record in
            let now = MonotonicClock.Instant(sinceOrigin: .seconds(second))
            watch.look(record, at: now)
            return watch.isThere(at: now) ? second : nil
        }
    }

    @Test func anEarlierProcessStandsStill() {
        let earlier = Candidate(name: "a", nonce: 2)
        #expect(found([record(earlier, 7), record(earlier, 7), nil, record(own, 8), record(earlier, 7)]).isEmpty)
        // Another one, that was in an older copy of the store.
        #expect(found([record(earlier, 7), record(Candidate(name: "a", nonce: 3), 9)]).isEmpty)
        #expect(found([record(Candidate(name: "b", nonce: 2), 7), record(Candidate(name: "b", nonce: 2), 8)]).isEmpty)
    }

    @Test func whoRenewsIsThereUntilItStops() {
        let other = Candidate(name: "a", nonce: 2)
        let renewed = (0..<5).map { record(other, $0) }
        #expect(found(renewed + Array(repeating: record(other, 4), count: 30)) == Array(1..<14))
        #expect(found(renewed + Array(repeating: record(own, 9), count: 30)) == Array(1..<14))
    }
}
