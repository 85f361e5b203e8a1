import CBuild

/// What this binary was made from.
public struct BuildInformation: Hashable, Sendable {
    public let version: String
    /// In full, or "unknown".
    public let commit: String
    public let swift: String
    public let system: String
    public let architecture: String

    public static let current = BuildInformation(
        version: "0.1.0", commit: String(cString: build_commit), swift: compiler, system: "linux",
        architecture: processor)

    /// For `--version`: `slurm-shard 0.1.0 (commit 1a2b3c4, Swift 6.3, linux x86_64)`.
    public func text(program: String) -> String {
        let short = commit == "unknown" ? commit : String(commit.prefix(7))
        return "\(program) \(version) (commit \(short), Swift \(swift), \(system) \(architecture))"
    }
}

#if compiler(>=6.5)
    private let compiler = "6.5 or later"
#elseif compiler(>=6.4)
    private let compiler = "6.4"
#elseif compiler(>=6.3)
    private let compiler = "6.3"
#else
    private let compiler = "6.2"
#endif

#if arch(x86_64)
    private let processor = "x86_64"
#elseif arch(arm64)
    private let processor = "aarch64"
#else
    private let processor = "unknown"
#endif
