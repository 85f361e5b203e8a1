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

    public struct Unreadable: Error, CustomStringConvertible {
        public let description: String
    }

    /// What was kept; nil where nothing was.
    public func load() throws(Unreadable) -> Plan? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Unreadable(description: "\(path) can't be read")
        }
        let plan: Plan
        do throws(MalformedMessage) {
            plan = try FleetMessage.decode(Plan.self, from: Array(data))
        } catch {
            throw Unreadable(description: "\(path) \(error.reason)")
        }
        guard let flaw = plan.flaw else { return plan }
        throw Unreadable(description: "\(path) holds a plan that can't be followed: \(flaw)")
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
