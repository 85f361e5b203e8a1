import Glibc
import HTTPClient
import ServiceRuntime
import SimulatedCluster

/// One of Slurm's commands, run by the simulator that SIMULATOR_ADDRESS names.
struct CommandClient {
    let request: CommandRequest
    /// `127.0.0.1:6820` or `unix:/path`.
    let address: String

    static let variable = "SIMULATOR_ADDRESS"
    static let standardAddress = "127.0.0.1:6820"

    /// - Returns: the exit code of the command.
    func run() async -> Int32 {
        do {
            return try await runThere()
        } catch {
            let name = request.arguments.first?.repaired ?? ""
            let text = "\(name): no simulator answers at \(address) (\(Self.variable)): \(error)\n"
            write(Array(text.utf8), to: STDERR_FILENO)
            return 1
        }
    }

    private func runThere() async throws(HTTPClientError) -> Int32 {
        let client = try HTTPClient()
        let isUnix = address.hasPrefix("unix:")
        var question = try HTTPClient.Request(
            .post, "http://\(isUnix ? "localhost" : address)/simulator/command",
            fields: ["Content-Type": "application/octet-stream"], body: request.bytes)
        if isUnix { question.transport = HTTPClient.Transport(unixSocket: String(address.dropFirst("unix:".count))) }
        question.deadlines = HTTPClient.Deadlines(connect: .seconds(10))
        question.limit = .max
        let response = try await client.send(question)
        var reader = CommandFrameReader()
        var code: Int32 = 1
        while let piece = try await response.body.next() {
            reader.add(piece)
            while let frame = reader.next() { take(frame, &code) }
        }
        return code
    }

    private func take(_ frame: CommandFrame, _ code: inout Int32) {
        switch frame {
        case .output(let bytes): write(bytes, to: STDOUT_FILENO)
        case .error(let bytes): write(bytes, to: STDERR_FILENO)
        case .exit(let value): code = value
        }
    }

    /// A reader that has left, such as head(1), is no error.
    private func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
