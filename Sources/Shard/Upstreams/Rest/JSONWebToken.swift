import FoundationEssentials
import Slurm

/// What a JSON Web Token (RFC 7519) says about itself. It is read, not verified: that is Slurm's.
struct JSONWebToken: Equatable, Sendable {
    /// When it expires; nil where it doesn't say.
    let expiry: Timestamp?
    /// Whom Slurm takes its bearer for, as `scontrol token` writes it; nil where it doesn't say.
    let user: String?

    private struct Claims: Decodable {
        let exp: Double?
        let sun: String?
    }

    /// - Returns: nil for another kind of token.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let payload = Self.decode(parts[1]),
            let claims = try? JSONDecoder().decode(Claims.self, from: payload)
        else { return nil }
        user = claims.sun
        expiry = claims.exp.flatMap { Int64(exactly: $0.rounded(.down)) }.map { Timestamp($0) }
    }

    /// base64url without padding (RFC 7515 §2).
    private static func decode(_ text: Substring) -> Data? {
        var base64 = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
        base64 += String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        return Data(base64Encoded: base64)
    }
}
