import Synchronization

/// Counts what the loop does, for whoever asks on any thread.
final class Counters: Sendable {
    private let sockets = Atomic(0)
    private let inFlight = Atomic(0)
    private let new = Atomic(0)
    private let reused = Atomic(0)
    private let turnsOfLoop = Atomic(0)

    var statistics: HTTPClient.Statistics {
        HTTPClient.Statistics(
            openConnections: sockets.load(ordering: .relaxed), transfersInFlight: inFlight.load(ordering: .relaxed),
            newConnections: new.load(ordering: .relaxed), reusedConnections: reused.load(ordering: .relaxed))
    }

    /// How often the loop woke up.
    var turns: Int { turnsOfLoop.load(ordering: .relaxed) }

    func turned() { turnsOfLoop.add(1, ordering: .relaxed) }
    func openedSocket() { sockets.add(1, ordering: .relaxed) }
    func closedSocket() { sockets.subtract(1, ordering: .relaxed) }
    func started() { inFlight.add(1, ordering: .relaxed) }

    /// - Parameter reused: nil if it never had a connection.
    func ended(reused isReused: Bool?) {
        inFlight.subtract(1, ordering: .relaxed)
        switch isReused {
        case true?: reused.add(1, ordering: .relaxed)
        case false?: new.add(1, ordering: .relaxed)
        case nil: break
        }
    }
}
