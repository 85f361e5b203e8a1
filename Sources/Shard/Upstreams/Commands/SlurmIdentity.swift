import Slurm

/// Who answers: the cluster's name, and the release that `scontrol show config` says.
struct SlurmIdentity: Equatable, Sendable {
    var cluster = ""
    /// Of the commands, which Slurm wants to be no newer than its daemons, and which at most sites are the same.
    var release = ""
    /// When slurmctld said so.
    var time: Timestamp?

    init() {}

    /// Reads `Configuration data as of 1795253093`, and lines like `ClusterName             = alpha`.
    init(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("Configuration data as of ") {
                time = line.split(separator: " ").last.flatMap { Int64($0) }.map { Timestamp($0) }
            }
            let parts = line.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let value = parts[1].split(separator: " ").first else { continue }
            switch parts[0].split(separator: " ").first {
            case "ClusterName": cluster = String(value)
            case "SLURM_VERSION": release = String(value)
            default: break
            }
        }
    }
}
