import Foundation
import Lease
import Locks
import ServiceRuntime
import TestSupport
import Testing

/// The keeper beside a store in memory, in a time that only the test moves.
struct LeaseKeeperTests {
    private let time = ManualClock()
    private let store = MemoryStore()
    private let log = CollectedLog()
    private static let timing = LeaseTiming(lifetime: .seconds(9), renewalInterval: .seconds(2))!

    private final class MemoryStore: LeaseStore {
        private let state = Locked<(record: LeaseRecord?, failure: LeaseFailure?)>((nil, nil))

        var record: LeaseRecord? { state.withLock { $0.record } }

        func fail(_ failure: LeaseFailure?) { state.withLock { $0.failure = failure } }

        func perform(_ action: LeaseAttempt.Action) -> LeaseOutcome {
            state.withLock { state in
                if let failure = state.failure { return .failed(failure) }
                guard case .replace(let expected, let record) = action, expected == state.record else {
                    return .found(state.record)
                }
                state.record = record
                return .written
            }
        }
    }

    private func keeper(_ number: UInt64, courtesy: Duration = .zero) -> LeaseKeeper {
        let candidate = Candidate(name: "c\(number)", nonce: number)
        return LeaseKeeper(
            Election(candidate, timing: Self.timing, courtesy: courtesy, at: time.now), in: store, clock: time.clock,
            logger: log.log().logger("lease"))
    }

    /// Moves time in steps as small as the keepers' looks are apart.
    private func pass(_ seconds: Double, _ keepers: Int) async {
        for _ in 0..<Int(seconds * 4) {
            await time.sleepers(keepers)
            time.advance(by: .milliseconds(250))
        }
        await time.sleepers(keepers)
    }

    @Test func whoeverIsAloneLeadsAndRenews() async throws {
        let keeper = keeper(1)
        let work = Task { try await keeper.run() }
        await pass(1, 1)
        #expect(keeper.term?.epoch == 1)
        await pass(30, 1)
        #expect(keeper.term?.epoch == 1)
        #expect((store.record?.renewal ?? 0) >= 14)
        #expect(keeper.figures.changes == 0 && keeper.figures.epoch == 1)
        work.cancel()
    }

    @Test func aHolderThatResignsIsFollowedWithoutWaiting() async throws {
        let (one, two) = (keeper(1), keeper(2))
        let first = Task { try await one.run() }
        await pass(1, 1)
        #expect(one.term != nil)
        let second = Task { try await two.run() }
        await pass(2, 2)
        #expect(two.term == nil && two.holder == one.term)
        await one.stop(before: time.now + .seconds(2))
        #expect(one.term == nil && store.record?.holder == nil)
        first.cancel()
        _ = try? await first.value
        await pass(1, 1)
        #expect(two.term?.epoch == 2)
        #expect(two.figures.changes == 1)
        second.cancel()
    }

    @Test func aHolderThatFallsSilentIsFollowedAfterTheLifetime() async throws {
        let (one, two) = (keeper(1), keeper(2))
        let first = Task { try await one.run() }
        await pass(1, 1)
        #expect(one.term != nil)
        let second = Task { try await two.run() }
        await pass(1, 2)
        first.cancel()
        _ = try? await first.value
        await pass(7, 1)
        #expect(two.term == nil && one.term == nil)
        await pass(4, 1)
        #expect(two.term?.epoch == 2)
        second.cancel()
    }

    @Test func aStoreThatFailsEndsTheTermAndIsCounted() async throws {
        let keeper = keeper(1)
        let work = Task { try await keeper.run() }
        await pass(1, 1)
        #expect(keeper.term != nil)
        store.fail(LeaseFailure(.full, "planted"))
        await pass(9, 1)
        #expect(keeper.term == nil)
        #expect((keeper.figures.errors[.full] ?? 0) > 2)
        store.fail(nil)
        await pass(3, 1)
        #expect(keeper.term?.epoch == 1)
        work.cancel()
    }

    private struct Observer {
        private var last = ContinuousClock.now
        private var heldUp: ContinuousClock.Instant?

        /// - Returns: whether nothing has held it up for a while in the last second, as it would the keeper.
        mutating func looks() -> Bool {
            let now = ContinuousClock.now
            if last.duration(to: now) > .milliseconds(100) { heldUp = now }
            last = now
            return heldUp.map { $0.duration(to: now) > .seconds(1) } ?? true
        }
    }

    /// However much there is to be computed meanwhile.
    @Test func aLeaseIsKeptWhileAllThreadsAreBusy() async throws {
        let timing = LeaseTiming(lifetime: .milliseconds(1500), renewalInterval: .milliseconds(300))!
        let keeper = LeaseKeeper(
            Election(Candidate(name: "c", nonce: 1), timing: timing, at: MonotonicClock.system.now), in: store,
            logger: log.log().logger("lease"))
        let work = Task { try await keeper.run() }
        let leads = await eventually { keeper.term != nil }
        #expect(leads)
        let end = ContinuousClock.now + .seconds(3)
        let losses = Locked(0)
        await withTaskGroup { group in
            for _ in 0..<ProcessInfo.processInfo.activeProcessorCount * 2 {
                group.addTask {
                    var observer = Observer()
                    while ContinuousClock.now < end {
                        let isLost = keeper.term == nil
                        if observer.looks(), isLost { losses.withLock { $0 += 1 } }
                    }
                }
            }
        }
        #expect(losses.withLock { $0 } == 0)
        work.cancel()
    }

    @Test func whoHearsOfAHigherEpochStepsDownAndStartsAboveIt() async throws {
        let keeper = keeper(1)
        let work = Task { try await keeper.run() }
        await pass(1, 1)
        #expect(keeper.term != nil)
        keeper.hear(Election.Term(epoch: 40, holder: Candidate(name: "other", nonce: 9)))
        #expect(keeper.term == nil)
        await pass(11, 1)
        #expect(keeper.term?.epoch == 41)
        work.cancel()
    }
}
