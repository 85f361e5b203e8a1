import Foundation
import TestSupport
import Testing

/// A program of this repository that checks what is under `deploy`.
enum Tool {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized.path

    /// Namespaces and pods' users are the superuser's to make.
    static let isRoot = getuid() == 0

    static func python() async throws -> String {
        let process = try ChildProcess("\(root)/scripts/python")
        let status = try await process.exit(within: .seconds(120))
        #expect(status == 0, "\(process.standardError)")
        return process.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Expects a program to say that all is well.
    ///
    /// - Returns: what it printed.
    @discardableResult static func passes(
        _ command: [String], within limit: Duration = .seconds(120), _ location: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let process = try ChildProcess(command[0], Array(command.dropFirst()), directory: URL(filePath: root))
        let status = try await process.exit(within: limit)
        #expect(status == 0, "\(process.standardOutput)\(process.standardError)", sourceLocation: location)
        return process.standardOutput
    }

    /// Where the programs are that were built with the tests.
    static func programs() throws -> String {
        URL(filePath: try builtProgram("slurm-shard")).deletingLastPathComponent().path
    }

    /// A file of the repository with its paths in a directory of the test's.
    static func localised(_ path: String, in directory: TemporaryDirectory) throws -> String {
        let text = try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
        let place = directory.url.path
        return try directory.write(
            text.replacing("/etc/slurm-exporter/config", with: place).replacing("/etc/slurm-exporter", with: place),
            to: URL(filePath: path).lastPathComponent)
    }
}
