import Foundation
import TestSupport

/// Where one cluster lives: a directory that goes with it, and loopback ports that nobody else had.
struct ClusterPlace: Sendable {
    private let directory: TemporaryDirectory
    let controllerPort: UInt16
    let databasePort: UInt16
    let restPort: UInt16

    init() throws {
        directory = try TemporaryDirectory()
        controllerPort = try freePort()
        databasePort = try freePort()
        restPort = try freePort()
        for folder in Folder.allCases {
            try FileManager.default.createDirectory(atPath: path(folder), withIntermediateDirectories: false)
        }
    }

    enum Folder: String, CaseIterable {
        case configuration, controller, jobs, logs, mariadb, munge, nodes
    }

    var path: String { directory.url.path }

    func path(_ folder: Folder, _ name: String? = nil) -> String {
        directory.path([folder.rawValue, name].compactMap(\.self).joined(separator: "/"))
    }

    @discardableResult
    func write(_ text: String, to name: String, mode: Int = 0o644) throws -> String {
        let path = path(.configuration, name)
        try Data(text.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    /// Slurm's daemons give up being root, and want what they read to be their own.
    func give(_ path: String, to user: String, mode: Int? = nil) throws {
        var attributes: [FileAttributeKey: Any] = [.ownerAccountName: user]
        if let mode { attributes[.posixPermissions] = mode }
        try FileManager.default.setAttributes(attributes, ofItemAtPath: path)
    }

    var mungeSocket: String { path(.munge, "socket") }
    var databaseSocket: String { path(.mariadb, "socket") }
    var slurmConfiguration: String { path(.configuration, "slurm.conf") }
    var databaseConfiguration: String { path(.configuration, "slurmdbd.conf") }
    var tokenKey: String { path(.configuration, "token.key") }
}
