/// Somebody who may lead: a name that people give, and a number that tells this process from every other of that name.
public struct Candidate: Hashable, Sendable {
    public let name: String
    public let nonce: UInt64

    public init(name: String, nonce: UInt64) {
        self.name = name
        self.nonce = nonce
    }
}

extension Candidate: CustomStringConvertible {
    public var description: String { "\(name)#\(String(nonce, radix: 36))" }
}
