public import Foundation
import Locks

/// A program that a test runs for real: its output is kept, and it is ended with the last reference at the latest.
public final class ChildProcess: Sendable {
    private let process: Locked<Process>
    private let output = Transcript()
    private let errors = Transcript()
    private let readers = DispatchGroup()
    private let input: FileHandle?

    /// - Parameters:
    ///   - executable: a path, or a name that is looked up in PATH.
    ///   - endsWithInput: the program ends in order when its input does; so that is how it is ended, also by the death of
    ///     the tests, and it isn't killed.
    public init(
        _ executable: String, _ arguments: [String] = [], environment: [String: String] = [:],
        directory: URL? = nil, endsWithInput: Bool = false
    ) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [executable] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.currentDirectoryURL = directory
        let pipes = [(Pipe(), output), (Pipe(), errors)]
        process.standardOutput = pipes[0].0
        process.standardError = pipes[1].0
        let input = endsWithInput ? Pipe() : nil
        if let input { process.standardInput = input }
        self.input = input?.fileHandleForWriting
        try process.run()
        self.process = Locked(process)
        for (pipe, transcript) in pipes { read(pipe.fileHandleForReading, into: transcript) }
    }

    deinit {
        if let input {
            try? input.close()
            return
        }
        process.withLock { if $0.isRunning { kill($0.processIdentifier, SIGKILL) } }
    }

    public var identifier: Int32 { process.withLock { $0.processIdentifier } }

    public var isRunning: Bool { process.withLock { $0.isRunning } }

    public func send(_ signal: Int32) {
        process.withLock { if $0.isRunning { kill($0.processIdentifier, signal) } }
    }

    /// Gives a program that ends with its input some of it.
    public func write(_ text: String) throws {
        try input?.write(contentsOf: Data(text.utf8))
    }

    /// Ends the input of a program that ends with it.
    public func endInput() {
        try? input?.close()
    }

    public var standardOutput: String { output.text }

    public var standardError: String { errors.text }

    /// Waits for the end and for the last of the output.
    ///
    /// - Returns: the exit status, or the negated signal that ended it.
    public func exit(within limit: Duration = .seconds(60)) async throws -> Int32 {
        guard await eventually(within: limit, { !isRunning && isRead }) else {
            send(SIGKILL)
            throw Overdue(limit: limit)
        }
        return process.withLock { $0.terminationReason == .exit ? $0.terminationStatus : -$0.terminationStatus }
    }

    public struct Overdue: Error {
        public let limit: Duration
    }

    /// Asked again and again rather than waited for: a blocked thread is one that other tests lack.
    private var isRead: Bool { readers.wait(timeout: .now()) == .success }

    private func read(_ handle: FileHandle, into transcript: Transcript) {
        readers.enter()
        Thread.detachNewThread { [readers] in
            while case let data = handle.availableData, !data.isEmpty {
                transcript.append(data)
            }
            // Not closed by the handle's end, and Foundation crashes when there are some thousand.
            try? handle.close()
            readers.leave()
        }
    }
}

private final class Transcript: Sendable {
    private let data = Locked(Data())

    var text: String { data.withLock { String(decoding: $0, as: UTF8.self) } }

    func append(_ more: Data) {
        data.withLock { $0.append(more) }
    }
}
