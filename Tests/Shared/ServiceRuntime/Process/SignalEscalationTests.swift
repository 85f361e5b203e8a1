import Testing

@testable import ServiceRuntime

struct SignalEscalationTests {
    @Test(arguments: [
        ([Signal.terminate, .terminate], SignalEscalation.Action.exit(.terminated)),
        ([.interrupt, .terminate], .exit(.terminated)),
        ([.terminate, .interrupt], .exit(.interrupted)),
        ([.hangUp, .hangUp, .terminate], .deliver),
        ([.terminate, .hangUp], .deliver),
        ([.terminate, .hangUp, .interrupt], .exit(.interrupted)),
    ])
    func onlyASecondRequestToStopEndsAtOnce(signals: [Signal], last: SignalEscalation.Action) {
        var escalation = SignalEscalation()
        #expect(signals.map { escalation.receive($0) }.last == last)
    }
}
