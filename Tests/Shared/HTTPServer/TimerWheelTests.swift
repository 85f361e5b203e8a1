import Testing

@testable import HTTPServer

struct TimerWheelTests {
    let start = ContinuousClock.now

    @Test func nothingIsDueBeforeItsTimeNorMuchLater() {
        var wheel = TimerWheel<Int>(start: start, tickLength: .milliseconds(10), slots: 8)
        var random = SystemRandomNumberGenerator()
        let delays = (0..<500).map { _ in Int.random(in: 0...2000, using: &random) }
        for (id, delay) in delays.enumerated() { wheel.add(id, at: start + .milliseconds(delay)) }
        var due: [Int: Int] = [:]
        for now in stride(from: 0, through: 2050, by: 10) {
            for id in wheel.advance(to: start + .milliseconds(now)) { due[id] = now }
        }
        #expect(due.count == delays.count)
        for (id, now) in due { #expect(now >= delays[id] && now <= delays[id] + 20) }
        #expect(wheel.next == nil)
    }

    @Test func nextIsNeverLaterThanWhatIsDue() {
        var wheel = TimerWheel<Int>(start: start, tickLength: .milliseconds(10), slots: 8)
        #expect(wheel.next == nil)
        wheel.add(1, at: start + .milliseconds(505))
        wheel.add(2, at: start + .milliseconds(25))
        #expect(wheel.next == start + .milliseconds(30))
        #expect(wheel.advance(to: start + .milliseconds(29)) == [])
        #expect(wheel.advance(to: start + .milliseconds(31)) == [2])
        var now = start
        while let next = wheel.next {
            #expect(next > now && next <= start + .milliseconds(510))
            now = next
            if !wheel.advance(to: next).isEmpty { break }
        }
        #expect(now == start + .milliseconds(510))
    }

    @Test func aLongPauseLosesNothing() {
        var wheel = TimerWheel<Int>(start: start, tickLength: .milliseconds(10), slots: 8)
        for id in 0..<100 { wheel.add(id, at: start + .milliseconds(id * 7)) }
        #expect(wheel.advance(to: start + .seconds(100)).sorted() == Array(0..<100))
        wheel.add(7, at: start)
        #expect(wheel.advance(to: start + .seconds(101)) == [7])
    }
}
