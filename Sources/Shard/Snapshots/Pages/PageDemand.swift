import ServiceRuntime

/// Which forms of the page somebody asks for: those are made before a page is published, others when they are asked for.
struct PageDemand: Sendable {
    /// Longer than anybody waits between two scrapes.
    private static let memory = Duration.seconds(330)

    private var asked: [PageForm: MonotonicClock.Instant] = [:]

    mutating func note(_ form: PageForm, at now: MonotonicClock.Instant) {
        asked[form] = now
    }

    func forms(at now: MonotonicClock.Instant) -> [PageForm] {
        PageForm.allCases.filter { form in asked[form].map { $0.duration(to: now) < Self.memory } ?? false }
    }
}
