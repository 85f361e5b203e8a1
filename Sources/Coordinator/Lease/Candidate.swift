/// Somebody who may lead: a name that people give, and a number that tells this process from every other of that name.
public struct Candidate: Hashable, Sendable {
    public let name: String
    public let nonce: UInt64

    public init(name: String, nonce: UInt64) {
        self.name = name
        self.nonce = nonce
    }
}

extension Candidate: LosslessStringConvertible {
    public var description: String { "\(name)#\(String(nonce, radix: 36))" }

    public init?(_ description: String) {
        guard let sign = description.lastIndex(of: "#"),
            let nonce = UInt64(description[description.index(after: sign)...], radix: 36)
        else { return nil }
        self.init(name: String(description[..<sign]), nonce: nonce)
    }
}
