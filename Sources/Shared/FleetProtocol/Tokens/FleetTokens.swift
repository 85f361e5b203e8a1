public import Configuration

/// What proves that somebody belongs to the fleet. While one token is rotated the old one holds beside the new one.
public struct FleetTokens: Equatable, Sendable {
    /// The first is the one that is sent.
    public var secrets: [Secret]

    public static let limit = 2

    /// What whoever shows none of them is told.
    public static let demand = "this needs one of fleet.tokens, in 'Authorization: Bearer TOKEN'"

    public init(_ secrets: [Secret] = []) {
        self.secrets = secrets
    }

    public var isEmpty: Bool { secrets.isEmpty }

    /// What a request carries in `Authorization`; nil where there is no token.
    public var authorization: String? {
        get throws(SecretUnavailable) {
            guard let secret = secrets.first else { return nil }
            return "Bearer \(try secret.reveal())"
        }
    }

    /// Whether a request that came with this field is one of the fleet's. Compares all tokens to their ends, whichever fits.
    public func admits(authorization: String?) -> Bool {
        guard let authorization, authorization.lowercased().hasPrefix("bearer ") else { return false }
        let offered = String(authorization.dropFirst("bearer ".count))
        return secrets.reduce(false) { admitted, secret in
            guard let token = try? secret.reveal() else { return admitted }
            return Secret.areEqual(token, offered) || admitted
        }
    }
}
