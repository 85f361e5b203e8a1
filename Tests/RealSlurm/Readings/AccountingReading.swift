public import Foundation

/// A job as sacct shows it, without its steps.
public struct AccountedJobReading: Sendable, Equatable {
    /// As `12`, `12_3` for a task, `12+1` for a part.
    public let identifier: String
    public let state: String
    public let user: String
    public let account: String
    public let partition: String
    public let exitCode: String
    public let resources: Resources
    /// Suspension left out.
    public let elapsedSeconds: Double
    public let eligible: Date?
    public let started: Date?
    public let ended: Date?

    static let fields = [
        "JobID", "State", "User", "Account", "Partition", "ExitCode", "AllocTRES", "Eligible", "Start", "End",
        "ElapsedRaw",
    ]

    fileprivate init(_ values: [String]) {
        identifier = values[0]
        // A cancelled job's says by whom.
        state = String(values[1].prefix { $0 != " " })
        user = values[2]
        account = values[3]
        partition = values[4]
        exitCode = values[5]
        resources = Resources(values[6])
        eligible = SlurmDate.parse(values[7])
        started = SlurmDate.parse(values[8])
        ended = SlurmDate.parse(values[9])
        elapsedSeconds = Double(values[10]) ?? 0
    }
}

extension RealSlurm {
    /// - Parameter identifiers: without them, those that could have started since midnight.
    public func accountedJobs(_ identifiers: Set<String> = []) async throws -> [AccountedJobReading] {
        try await accountedJobs(
            chosenBy: identifiers.isEmpty ? [] : ["-j", identifiers.sorted().joined(separator: ",")])
    }

    /// Each run that ended for good within the last hours.
    public func endedJobs() async throws -> [AccountedJobReading] {
        let states = "CD,CA,F,TO,PR,DL,NF,BF,OOM"
        return try await accountedJobs(chosenBy: ["-D", "-S", "now-12hours", "-E", "now", "-s", states])
    }

    private func accountedJobs(chosenBy choice: [String]) async throws -> [AccountedJobReading] {
        let format = AccountedJobReading.fields.joined(separator: ",")
        let options = ["-a", "-X", "-n", "-P", "--delimiter=\u{1F}", "-o", format]
        let output = try await run("sacct", options + choice)
        return output.split(separator: "\n").compactMap { line in
            let values = line.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
            return values.count == AccountedJobReading.fields.count ? AccountedJobReading(values) : nil
        }
    }

    /// Rows of `sacctmgr show`, by the fields that were asked for.
    public func accounting(_ kind: String, _ fields: String...) async throws -> [[String]] {
        let output = try await run("sacctmgr", "-n", "-P", "show", kind, "format=\(fields.joined(separator: ","))")
        return output.split(separator: "\n").map { line in
            line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        }
    }
}
