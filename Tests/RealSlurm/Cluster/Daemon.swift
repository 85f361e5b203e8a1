public import Foundation
import TestSupport

/// One of the programs that a Slurm consists of: to be stopped, frozen and started again as a fault has it.
public actor Daemon {
    public nonisolated let name: String
    private let command: [String]
    private let environment: [String: String]
    private let place: ClusterPlace
    private let isReady: @Sendable (_ output: String) async -> Bool
    private var process: ChildProcess?

    /// - Parameter isReady: is asked again and again after a start, with what the program has said so far.
    init(
        _ name: String, _ command: [String], environment: [String: String], in place: ClusterPlace,
        isReady: @escaping @Sendable (_ output: String) async -> Bool
    ) {
        self.name = name
        self.command = command
        self.environment = environment
        self.place = place
        self.isReady = isReady
    }

    public struct Failure: Error, CustomStringConvertible {
        public let name: String
        public let what: String
        public let output: String

        public var description: String { "\(name) \(what); it said:\n\(output.suffix(2_000))" }
    }

    /// Returns when it answers.
    public func start() async throws {
        guard process == nil else { return }
        // Not the guardian's own: it would preload too, which a sanitizer in it refuses.
        let variables = environment.map { "\($0.key)=\($0.value)" }
        let process = try ChildProcess(
            try builtProgram("guardian"), [place.path, "env"] + variables + command, endsWithInput: true)
        self.process = process
        let isReady = isReady
        let answers = try await eventually(within: .seconds(60)) {
            guard process.isRunning else { throw failure("ended") }
            return await isReady(process.standardError)
        }
        guard answers else { throw failure("doesn't answer") }
    }

    /// In order, with all that came of it; for the node daemons that includes the jobs.
    public func stop() async throws {
        guard let process else { return }
        resume()
        process.send(SIGTERM)
        if await eventually(within: .seconds(30), { !process.isRunning }) == false { send(SIGKILL) }
        try await end(process)
    }

    /// As a crash has it.
    public func kill() async throws {
        guard let process else { return }
        send(SIGKILL)
        try await end(process)
    }

    public func restart() async throws {
        try await stop()
        try await start()
    }

    /// Stops it for as long as something takes, and returns when it answers again.
    public func whileStopped<Result: Sendable>(_ body: @Sendable () async throws -> Result) async throws -> Result {
        try await stop()
        let result = await Swift.Result(of: body)
        try await start()
        return try result.get()
    }

    /// Freezes it for as long as something takes.
    public func whilePaused<Result: Sendable>(_ body: @Sendable () async throws -> Result) async throws -> Result {
        pause()
        defer { resume() }
        return try await body()
    }

    /// Freezes it: it takes connections, and doesn't answer.
    public func pause() { send(SIGSTOP) }

    public func resume() { send(SIGCONT) }

    private func send(_ signal: Int32) {
        if let identifier { Glibc.kill(identifier, signal) }
    }

    /// Of its process, while it runs.
    public var identifier: pid_t? {
        process.flatMap { pid_t($0.standardOutput.prefix { $0 != "\n" }) }
    }

    private func end(_ process: ChildProcess) async throws {
        guard await eventually({ !process.isRunning }) else { throw failure("doesn't end") }
        self.process = nil
    }

    private func failure(_ what: String) -> Failure {
        Failure(name: name, what: what, output: process?.standardError ?? "")
    }
}

extension Result where Failure == any Error {
    fileprivate init(of body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
