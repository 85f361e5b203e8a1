/// An association as sshare shows it.
public struct ShareReading: Sendable {
    public let account: String
    /// Nil for the account itself.
    public let user: String?
    /// Nil where it is the parent's.
    public let shares: Int?
    public let normalizedShares: Double?
    /// Billed seconds.
    public let usage: Int
    public let normalizedUsage: Double?
    public let effectiveUsage: Double?
    /// Nil for an account.
    public let factor: Double?

    static let fields = [
        "Account", "User", "RawShares", "NormShares", "RawUsage", "NormUsage", "EffectvUsage", "FairShare",
    ]

    fileprivate init(_ values: [String]) {
        // Indented as the tree is.
        account = String(values[0].trimmingPrefix { $0 == " " })
        user = values[1].isEmpty ? nil : values[1]
        shares = Int(values[2])
        normalizedShares = Double(values[3])
        usage = Int(values[4]) ?? 0
        normalizedUsage = Double(values[5])
        effectiveUsage = Double(values[6])
        factor = Double(values[7])
    }
}

extension RealSlurm {
    public func shares() async throws -> [ShareReading] {
        let output = try await run("sshare", "-a", "-n", "-P", "-o", ShareReading.fields.joined(separator: ","))
        return output.split(separator: "\n").compactMap { line in
            let values = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            return values.count == ShareReading.fields.count ? ShareReading(values) : nil
        }
    }
}
