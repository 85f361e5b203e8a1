/// The faults in force, and the chance that decides about them: the same seed and questions give the same faults.
struct FaultPlan<Random: RandomNumberGenerator & Sendable>: Sendable {
    private(set) var faults: [Fault]
    private var random: Random

    init(_ faults: [Fault] = [], using random: Random) {
        self.faults = faults
        self.random = random
    }

    mutating func replace(with faults: [Fault]) {
        self.faults = faults
    }

    /// What happens to one answer. A fault that has struck often enough is gone.
    mutating func strike(_ endpoint: EndpointName, path: String) -> FaultDecision {
        var decision = FaultDecision()
        for index in faults.indices where faults[index].pattern.concerns(endpoint, path: path) {
            guard faults[index].probability >= 1 || Double.random(in: 0..<1, using: &random) < faults[index].probability
            else { continue }
            faults[index].count? -= 1
            decision.add(faults[index].effect, using: &random)
        }
        faults.removeAll { $0.count == 0 }
        return decision
    }
}

/// What happens to one answer, with nothing left to chance.
struct FaultDecision: Hashable, Sendable {
    var delay = Duration.zero
    /// As `delay`, but it is spent although the client has left.
    var work = Duration.zero
    var hangs = false
    var isTokenExpired = false
    var isVersionWithdrawn = false
    var outcome: Outcome?
    var rewriting: FaultEffect.Rewriting?
    var cut: Cut?

    /// What is answered in place of the answer.
    enum Outcome: Hashable, Sendable {
        case status(Int), errors, fullBody, garbage, databaseDown, controllerDown, controllerFrozen
    }

    /// Where the body ends before its end.
    struct Cut: Hashable, Sendable {
        var bytes: Int
        var resets: Bool
    }

    fileprivate mutating func add(_ effect: FaultEffect, using random: inout some RandomNumberGenerator) {
        switch effect {
        case .latency(let latency): delay += latency.draw(using: &random)
        case .work(let time): work += time
        case .hang: hangs = true
        case .tokenExpired: isTokenExpired = true
        case .versionWithdrawn: isVersionWithdrawn = true
        case .status(let status): outcome = .status(status)
        case .errors: outcome = .errors
        case .fullBody: outcome = .fullBody
        case .garbage: outcome = .garbage
        case .databaseDown: outcome = .databaseDown
        case .controllerDown: outcome = .controllerDown
        case .controllerFrozen: outcome = .controllerFrozen
        case .rewrite(let rewriting): self.rewriting = rewriting
        case .reset(let bytes): cut = Cut(bytes: bytes, resets: true)
        case .truncate(let bytes): cut = Cut(bytes: bytes, resets: false)
        }
    }
}
