import Glibc
import ServiceRuntime
import TestSupport
import Testing

struct MonotonicClockTests {
    @Test func theSystemsClockIsTheOneThatCountsSuspendedTime() {
        let before = bootTime()
        let now = MonotonicClock.system.now.sinceOrigin
        #expect(before <= now && now <= bootTime())
    }

    @Test func aSleepLastsUntilItsInstant() async throws {
        let clock = MonotonicClock.system
        let deadline = clock.now.advanced(by: .milliseconds(20))
        try await clock.sleep(until: deadline)
        #expect(clock.now >= deadline)
    }

    @Test func anInstantThatHasPassedIsNotWaitedFor() async throws {
        let clock = MonotonicClock.system
        try await clock.sleep(until: clock.now.advanced(by: .seconds(-5)))
    }

    @Test(arguments: [false, true])
    func aCancelledSleepThrows(manual: Bool) async {
        let clock = manual ? ManualClock().clock : .system
        let sleeper = Task { try await clock.sleep(for: .seconds(3_600)) }
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }

    @Test func manualTimeWakesWhoIsDueAndNobodyElse() async throws {
        let time = ManualClock()
        let (stream, awake) = AsyncStream.makeStream(of: Int.self)
        let tasks = [3, 1, 2].map { seconds in
            Task {
                try await time.clock.sleep(for: .seconds(seconds))
                awake.yield(seconds)
            }
        }
        await time.sleepers(3)
        time.advance(by: .milliseconds(999))
        await time.sleepers(3)
        time.advance(by: .milliseconds(1_001))
        try await tasks[1].value
        try await tasks[2].value
        time.advance(by: .seconds(1))
        try await tasks[0].value
        awake.finish()
        let order = await stream.reduce(into: []) { $0.append($1) }
        #expect(order.last == 3 && order.count == 3)
    }

    @Test func cancellingASleeperOfManualTimeLeavesTheOthersAsleep() async throws {
        let time = ManualClock()
        let cancelled = Task { try await time.clock.sleep(for: .seconds(1)) }
        let patient = Task { try await time.clock.sleep(for: .seconds(1)) }
        await time.sleepers(2)
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        time.advance(by: .seconds(1))
        try await patient.value
    }

    private func bootTime() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
