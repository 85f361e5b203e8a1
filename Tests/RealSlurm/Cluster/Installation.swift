import Foundation

/// What Debian installs of Slurm and of what it stands on.
public enum Installation {
    private static let programs = [
        "mariadb-install-db", "mariadbd", "munged", "sacct", "sacctmgr", "sbatch", "setpriv", "sinfo", "slurmctld",
        "slurmd", "slurmdbd", "slurmrestd", "squeue",
    ]

    /// Slurm runs a job as the user that it belongs to.
    public static var isPermitted: Bool { geteuid() == 0 }

    public static let requirement = "a real Slurm needs root; run scripts/test as root to include it"

    public struct Missing: Error, CustomStringConvertible {
        public let names: [String]

        public var description: String {
            "not found: \(names.joined(separator: ", ")); 'scripts/packages test' installs what the tests need"
        }
    }

    static func check() throws(Missing) {
        var missing = programs.filter { name in !folders.contains { isThere("\($0)/\(name)") } }
        if nameServiceWrapper == nil { missing.append("libnss_wrapper.so") }
        if tokenPlugin == nil { missing.append("auth_jwt.so") }
        guard missing.isEmpty else { throw Missing(names: missing) }
    }

    /// Answers questions for users from files of our own, in processes that preload it; the host's stay as they are.
    static var nameServiceWrapper: String? { library("libnss_wrapper.so") }

    private static var tokenPlugin: String? { library("slurm-wlm/auth_jwt.so") }

    private static let folders =
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)

    private static func library(_ name: String) -> String? {
        let root = "/usr/lib"
        let places = [""] + ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? [])
        return places.map { "\(root)/\($0)/\(name)" }.first(where: isThere)
    }

    private static func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
