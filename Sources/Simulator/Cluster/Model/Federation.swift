/// A job's place in a federation: bit n of a mask is the member with id n.
public struct FederationState: Hashable, Sendable, BitwiseCopyable {
    /// The member that it was submitted to; 0 where it is of no federation.
    public var origin: UInt8 = 0
    public var activeSiblings: UInt8 = 0
    public var viableSiblings: UInt8 = 0
}

public struct FederationMember: Sendable {
    public let id: UInt8
    public let name: Text
    public let host: Text
    public let port: UInt16
    public let isSelf: Bool
    public let state: Text
}
