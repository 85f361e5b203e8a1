import ServiceRuntime
import TestSupport
import Testing

struct UnixTimeTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"),
        (1_709_210_096_789_999_999, "2024-02-29T12:34:56.789Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (4_102_444_800_000_000_000, "2100-01-01T00:00:00.000Z"),
    ])
    func aTimestampIsInUTCWithMilliseconds(nanoseconds: Int64, text: String) {
        #expect(UnixTime(nanoseconds: nanoseconds).timestamp == text)
    }

    @Test func theTimeOfDayMovesWithManualTimeAndCanBeSet() {
        let time = ManualClock(wall: UnixTime(nanoseconds: 5_000_000_000))
        time.advance(by: .milliseconds(1_500))
        #expect(time.wallClock.now.seconds == 6.5)
        time.setWall(UnixTime(nanoseconds: 0))
        #expect(time.wallClock.now.seconds == 0)
    }
}
