/// A cluster that the accounting database knows: this one, or another of its federation.
public struct RegisteredCluster: Sendable {
    public let name: Text
    public let host: Text
    public let port: Int
    public let isSelf: Bool
    /// As a member of the federation; empty outside of one.
    public let federationState: Text

    public var isFederated: Bool { federationState != .empty }
}

extension Cluster {
    /// This one comes first.
    public var registered: [RegisteredCluster] {
        let own = RegisteredCluster(
            name: parameters.name, host: controllers.first?.host ?? .empty, port: 6817, isSelf: true,
            federationState: federation.first(where: \.isSelf)?.state ?? .empty)
        return [own]
            + federation.filter { !$0.isSelf }.map { member in
                RegisteredCluster(
                    name: member.name, host: member.host, port: Int(member.port), isSelf: false,
                    federationState: member.state)
            }
    }
}
