import Glibc
import ServiceRuntime

struct Probe: Service {
    let name = "probe"
    let limits = ServiceLimits(stop: .seconds(60))
    private let behaviour: String

    init(_ behaviour: String) {
        self.behaviour = behaviour
    }

    func start() async throws {}

    func run() async throws {
        if behaviour == "fail" { throw ProbeFailure() }
        try await Task.sleep(for: .seconds(600))
    }

    /// Hangs with a whole thread, as code does that never looks whether it was cancelled.
    func stop(before deadline: MonotonicClock.Instant) async {
        while behaviour == "hang" { sleep(1) }
    }
}

struct ProbeFailure: Error {}
