import Foundation

/// What tells Slurm's programs which cluster is meant, and who its users are.
struct SlurmEnvironment: Sendable {
    private let place: ClusterPlace
    private let preloaded: String

    init(_ place: ClusterPlace) throws {
        self.place = place
        preloaded = Installation.nameServiceWrapper ?? ""
    }

    /// Knows all users.
    var daemon: [String: String] { variables(passwords: "passwd") }

    /// Knows all users but one.
    var client: [String: String] { variables(passwords: "passwd.clients") }

    /// slurmctld compares this with its configuration's.
    func hostName() throws -> String {
        var name = [UInt8](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        return String(decoding: name.prefix { $0 != 0 && $0 != UInt8(ascii: ".") }, as: UTF8.self)
    }

    private func variables(passwords: String) -> [String: String] {
        [
            "SLURM_CONF": place.slurmConfiguration,
            "LD_PRELOAD": preloaded,
            "NSS_WRAPPER_PASSWD": place.path(.configuration, passwords),
            "NSS_WRAPPER_GROUP": place.path(.configuration, "group"),
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
        ]
    }
}
