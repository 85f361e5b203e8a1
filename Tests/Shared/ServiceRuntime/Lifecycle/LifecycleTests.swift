import Testing

@testable import ServiceRuntime

struct LifecycleTests {
    private typealias Operation = Lifecycle.Operation

    @Test func servicesStartInOrderAndStopInReverse() throws {
        var lifecycle = Lifecycle(["a", "b"])
        #expect(try completing(&lifecycle, .begin) == ["start 0", "start 1"])
        #expect(try completing(&lifecycle, .stopRequested) == ["stop 1", "stop 0", "exit success"])
    }

    @Test func aFailedStartStopsThoseThatStarted() throws {
        var lifecycle = Lifecycle(["a", "b", "c"])
        let actions = try completing(&lifecycle, .begin) { $0.service == 2 ? "no port" : nil }
        #expect(actions == ["start 0", "start 1", "start 2", "stop 1", "stop 0", "exit c did not start: no port"])
    }

    @Test func aStartThatOverrunsIsAFailedStart() throws {
        var lifecycle = Lifecycle(["a", "b"])
        let first = try operation(lifecycle.handle(.begin))
        let second = try operation(lifecycle.handle(.finished(first, error: nil)))
        #expect(try completing(&lifecycle, .expired(second)) == ["stop 0", "exit b did not start in time"])
    }

    @Test func aRequestToStopCancelsTheStartUnderWayAndIsNoFailure() throws {
        var lifecycle = Lifecycle(["a", "b"])
        let first = try operation(lifecycle.handle(.begin))
        let second = try operation(lifecycle.handle(.finished(first, error: nil)))
        #expect(lifecycle.handle(.stopRequested) == .cancel(second))
        #expect(try completing(&lifecycle, .finished(second, error: "cancelled")) == ["stop 0", "exit success"])
    }

    @Test func aStartThatSucceedsAlthoughCancelledIsStopped() throws {
        var lifecycle = Lifecycle(["a", "b"])
        let first = try operation(lifecycle.handle(.begin))
        #expect(lifecycle.handle(.stopRequested) == .cancel(first))
        #expect(try completing(&lifecycle, .finished(first, error: nil)) == ["stop 0", "exit success"])
    }

    @Test func aStopThatOverrunsIsLeftBehindAndTheRestStop() throws {
        var lifecycle = try running(["a", "b", "c"])
        let last = try operation(lifecycle.handle(.stopRequested))
        #expect(try completing(&lifecycle, .expired(last)) == ["stop 1", "stop 0", "exit left c"])
        #expect(lifecycle.handle(.finished(last, error: nil)) == .wait)
    }

    @Test(arguments: [(nil, "exit a ended on its own"), ("boom", "exit a failed: boom")])
    func aServiceThatEndsBringsTheProgramDown(error: String?, exit: String) throws {
        var lifecycle = try running(["a", "b"])
        #expect(try completing(&lifecycle, .ended(service: 0, error: error)) == ["stop 1", "stop 0", exit])
    }

    @Test func aServiceThatEndsDuringTheStartOfAnotherBringsTheProgramDown() throws {
        var lifecycle = Lifecycle(["a", "b"])
        let first = try operation(lifecycle.handle(.begin))
        let second = try operation(lifecycle.handle(.finished(first, error: nil)))
        #expect(lifecycle.handle(.ended(service: 0, error: nil)) == .cancel(second))
        let actions = try completing(&lifecycle, .finished(second, error: nil))
        #expect(actions == ["stop 1", "stop 0", "exit a ended on its own"])
    }

    @Test func aServiceThatEndsWhileStoppingIsNoFailure() throws {
        var lifecycle = try running(["a", "b"])
        let last = try operation(lifecycle.handle(.stopRequested))
        #expect(lifecycle.handle(.ended(service: 0, error: "x")) == .wait)
        #expect(try completing(&lifecycle, .finished(last, error: nil)) == ["stop 0", "exit success"])
    }

    @Test func aSecondRequestToStopChangesNothing() throws {
        var lifecycle = try running(["a"])
        _ = lifecycle.handle(.stopRequested)
        #expect(lifecycle.handle(.stopRequested) == .wait)
    }

    @Test func reloadsGoInOrderAndAFailedOneStopsNothing() throws {
        var lifecycle = try running(["a", "b"])
        #expect(try completing(&lifecycle, .reloadRequested) { _ in "bad file" } == ["reload 0", "reload 1"])
        #expect(try completing(&lifecycle, .reloadRequested) == ["reload 0", "reload 1"])
    }

    @Test func aReloadAskedForDuringAReloadComesAfterIt() throws {
        var lifecycle = try running(["a", "b"])
        let first = try operation(lifecycle.handle(.reloadRequested))
        #expect(lifecycle.handle(.reloadRequested) == .wait)
        #expect(lifecycle.handle(.reloadRequested) == .wait)
        let actions = try completing(&lifecycle, .finished(first, error: nil))
        #expect(actions == ["reload 1", "reload 0", "reload 1"])
    }

    @Test func aReloadAskedForDuringTheStartComesAfterIt() throws {
        var lifecycle = Lifecycle(["a", "b"])
        let first = try operation(lifecycle.handle(.begin))
        #expect(lifecycle.handle(.reloadRequested) == .wait)
        let actions = try completing(&lifecycle, .finished(first, error: nil))
        #expect(actions == ["start 1", "reload 0", "reload 1"])
    }

    @Test func theLimitOfAnEarlierReloadDoesNotEndALaterOne() throws {
        var lifecycle = try running(["a"])
        let first = try operation(lifecycle.handle(.reloadRequested))
        #expect(lifecycle.handle(.finished(first, error: nil)) == .wait)
        let second = try operation(lifecycle.handle(.reloadRequested))
        #expect(lifecycle.handle(.expired(first)) == .wait)
        #expect(lifecycle.handle(.stopRequested) == .cancel(second))
    }

    @Test func aRequestToStopBeforeTheStartStartsNothing() {
        var lifecycle = Lifecycle(["a"])
        #expect(lifecycle.handle(.stopRequested) == .wait)
        #expect(lifecycle.handle(.begin) == .finish(ServiceOutcome(failure: nil, leftBehind: [])))
    }

    @Test func noServicesRunUntilStopped() throws {
        var lifecycle = Lifecycle([])
        #expect(lifecycle.handle(.begin) == .wait)
        #expect(lifecycle.handle(.reloadRequested) == .wait)
        #expect(try completing(&lifecycle, .stopRequested) == ["exit success"])
    }

    private struct NoOperation: Error {}

    private func running(_ names: [String]) throws -> Lifecycle {
        var lifecycle = Lifecycle(names)
        _ = try completing(&lifecycle, .begin)
        return lifecycle
    }

    private func operation(_ action: Lifecycle.Action) throws -> Lifecycle.Operation {
        guard case .begin(let operation) = action else { throw NoOperation() }
        return operation
    }

    /// Feeds the event, then completes every operation until there is nothing to do; reloads and starts may fail.
    private func completing(
        _ lifecycle: inout Lifecycle, _ event: Lifecycle.Event,
        error: (Lifecycle.Operation) -> String? = { _ in nil }
    ) throws -> [String] {
        var actions: [String] = []
        var action = lifecycle.handle(event)
        while case .begin(let operation) = action {
            actions.append("\(operation.kind) \(operation.service)")
            action = lifecycle.handle(.finished(operation, error: error(operation)))
        }
        if case .finish(let outcome) = action { actions.append("exit \(text(outcome))") }
        return actions
    }

    private func text(_ outcome: ServiceOutcome) -> String {
        if let failure = outcome.failure { return "\(failure)" }
        return outcome.leftBehind.isEmpty ? "\(outcome.exitCode)" : "left \(outcome.leftBehind.joined())"
    }
}
