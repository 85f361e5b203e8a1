public import FleetProtocol
import FoundationEssentials
import Glibc

/// The plan on disk, for a start without any coordinator.
public struct PlanFile: Sendable {
    private let path: String

    /// - Parameter directory: made where it isn't there.
    public init(in directory: String) {
        path = directory + "/plan.json"
    }

    /// What was kept; nil where nothing was, or nothing that can be read.
    public func load() -> Plan? {
        guard let data = FileManager.default.contents(atPath: path),
            let plan = try? FleetMessage.decode(Plan.self, from: Array(data)), plan.flaw == nil
        else { return nil }
        return plan
    }

    /// Replaces the file as a whole, so that a crash leaves the one before.
    public func save(_ plan: Plan) throws {
        let directory = String(path.dropLast("/plan.json".count))
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let bytes = try FleetMessage.encode(plan)
        try Data(bytes).write(to: URL(filePath: path), options: .atomic)
        chmod(path, 0o600)
    }
}
