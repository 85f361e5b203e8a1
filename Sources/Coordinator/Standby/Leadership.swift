/// What somebody who answers for the fleet knows of who leads it.
public protocol Leadership: Sendable {
    /// Whether this process does.
    var leads: Bool { get }

    /// Where another leader is that has lately given a sign of life.
    var leaderURL: String? { get }
}
