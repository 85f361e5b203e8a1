import Glibc

/// All that a command of Slurm's finds in its environment: what tells it whom to ask, and how to write.
struct CommandEnvironment {
    private let kept: [String: String]

    /// Nothing else: SQUEUE_FORMAT and its like would change the output under our hands.
    private static let names = [
        "HOME", "LD_LIBRARY_PATH", "PATH", "SLURM_CONF", "SLURM_CONF_SERVER", "SLURM_JWT", "SLURM_SACK_JWKS",
        "SLURM_SACK_KEY",
    ]

    init() {
        var kept: [String: String] = [:]
        for name in Self.names {
            if let value = getenv(name) { kept[name] = String(cString: value) }
        }
        self.kept = kept
    }

    func variables(_ settings: CommandSettings) -> [String: String] {
        var variables = kept
        variables["LC_ALL"] = "C"
        variables["TZ"] = "UTC"
        // Seconds since 1970.
        variables["SLURM_TIME_FORMAT"] = "%s"
        // Lists of tasks are written in full.
        variables["SLURM_BITSTR_LEN"] = "0"
        if let file = settings.configurationFile { variables["SLURM_CONF"] = file }
        return variables
    }
}
