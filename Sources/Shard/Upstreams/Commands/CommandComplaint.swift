import Commands

/// What a command said on standard error, and what that means.
struct CommandComplaint: Equatable, Sendable {
    private let lines: [String]

    init(_ text: [UInt8]) {
        lines = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
    }

    /// Columns that this release doesn't know. squeue leaves them empty and goes on; the others refuse to answer.
    var refusedColumns: [String] {
        lines.compactMap { line in
            for beginning in Self.refusals {
                guard let found = line.firstRange(of: beginning) else { continue }
                return line[found.upperBound...].trimmingPrefix { "\" '".contains($0) }
                    .prefix { !"\"'".contains($0) && !$0.isWhitespace }.description
            }
            return nil
        }
    }

    private static let refusals = [
        "Invalid job format specification:", "Invalid field requested:", "Unknown field",
    ]

    /// What is worth a line of a log although there is an answer.
    var warnings: [String] { lines.filter { line in !Self.refusals.contains { line.contains($0) } } }

    /// Why there is no answer.
    func error(_ program: String, _ end: CommandEnd) -> UpstreamError {
        let said = lines.prefix(4).joined(separator: "; ")
        switch end {
        case .exited(let code):
            return UpstreamError(kind, "\(program): \(said.isEmpty ? "exit code \(code)" : said)", status: Int(code))
        case .killed(let signal):
            return UpstreamError(.truncated, "\(program): ended by signal \(signal) \(said)")
        }
    }

    private var kind: UpstreamError.Kind {
        let text = lines.joined(separator: "\n").lowercased()
        return Self.meanings.first { text.contains($0.words) }?.kind ?? .slurm
    }

    /// The first that fits counts. The errors' texts are those of Slurm's slurm_errno.c.
    private static let meanings: [(words: String, kind: UpstreamError.Kind)] = [
        ("format specification", .version), ("invalid field", .version), ("unknown field", .version),
        ("unrecognized option", .version), ("invalid option", .version),
        ("authentication", .auth), ("credential", .auth), ("munge", .auth), ("token", .auth),
        ("access/permission denied", .denied), ("permission", .denied), ("operation not permitted", .denied),
        // Of sacctmgr and sacct where Slurm has no slurmdbd.
        ("not running a supported accounting_storage", .absent), ("accounting storage is disabled", .absent),
        ("slurm_persist_conn", .databaseDown), ("slurmdbd", .databaseDown), ("database", .databaseDown),
        ("unable to contact slurm controller", .controllerDown), ("socket timed out", .controllerDown),
        ("communication connection failure", .controllerDown), ("connection refused", .controllerDown),
        ("message send failure", .controllerDown), ("message receive failure", .controllerDown),
        ("zero bytes were transmitted", .controllerDown), ("standby mode", .controllerDown),
        ("configuration file", .configuration), ("cannot stat file", .configuration),
        ("could not establish a configuration source", .configuration),
    ]
}

extension UpstreamError {
    init(_ error: CommandError) {
        let kind: Kind =
            switch error.kind {
            case .missing, .unusable: .configuration
            case .timeout: .timeout
            case .tooLarge: .tooLarge
            case .cancelled: .cancelled
            case .local: .local
            }
        self.init(kind, error.description)
    }
}
