import Testing

@testable import HTTPServer

struct TimerWheelTests {
    let start = ContinuousClock.now

    @Test func nothingIsDueBeforeItsTimeNorMuchLater() {
        var wheel = TimerWheel(start: start, tickLength: .milliseconds(10), slots: 8)
        var random = SystemRandomNumberGenerator()
        let delays = (0..<500).map { _ in Int.random(in: 0...2000, using: &random) }
        for (id, delay) in delays.enumerated() { wheel.set(id, at: start + .milliseconds(delay)) }
        var due: [Int: Int] = [:]
        for now in stride(from: 0, through: 2050, by: 10) {
            for id in wheel.advance(to: start + .milliseconds(now)) { due[id] = now }
        }
        #expect(due.count == delays.count)
        for (id, now) in due { #expect(now >= delays[id] && now <= delays[id] + 20) }
        #expect(wheel.next == nil)
    }

    @Test func nextIsNeverLaterThanWhatIsDue() {
        var wheel = TimerWheel(start: start, tickLength: .milliseconds(10), slots: 8)
        #expect(wheel.next == nil)
        wheel.set(1, at: start + .milliseconds(505))
        wheel.set(2, at: start + .milliseconds(25))
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
        var wheel = TimerWheel(start: start, tickLength: .milliseconds(10), slots: 8)
        for id in 0..<100 { wheel.set(id, at: start + .milliseconds(id * 7)) }
        #expect(wheel.advance(to: start + .seconds(100)).sorted() == Array(0..<100))
        wheel.set(7, at: start)
        #expect(wheel.advance(to: start + .seconds(101)) == [7])
    }

    @Test func whatIsRemovedIsNeverDue() {
        var wheel = TimerWheel(start: start, tickLength: .milliseconds(10), slots: 8)
        for number in 0..<100 { wheel.set(number, at: start + .milliseconds(number * 7)) }
        for number in 0..<100 where !number.isMultiple(of: 3) { wheel.remove(number) }
        #expect(wheel.advance(to: start + .seconds(1)).sorted() == Array(stride(from: 0, to: 100, by: 3)))
        wheel.remove(0)
        #expect(wheel.next == nil)
    }

    @Test func aNumberIsDueOnceHoweverOftenItIsSet() {
        var wheel = TimerWheel(start: start, tickLength: .milliseconds(10), slots: 8)
        for delay in [500, 30, 700, 200] { wheel.set(1, at: start + .milliseconds(delay)) }
        #expect(wheel.advance(to: start + .milliseconds(190)) == [])
        #expect(wheel.advance(to: start + .milliseconds(210)) == [1])
        #expect(wheel.advance(to: start + .seconds(1)) == [])
    }
}
