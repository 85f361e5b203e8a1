import Foundation
import HTTPClient
import TestSupport

/// The real `slurm-simulator`, frozen, on a free port.
final class TestSimulator: Sendable {
    let process: ChildProcess
    let address: String
    private let client: HTTPClient

    init(nodes: Int = 20, _ arguments: String...) async throws {
        let process = try ChildProcess(
            try builtProgram("slurm-simulator"),
            ["--listen", "127.0.0.1:0", "--nodes", "\(nodes)", "--jobs", "60", "--freeze"] + arguments)
        _ = await eventually { process.standardError.contains("service=welcome") || !process.isRunning }
        guard let found = process.standardError.firstMatch(of: /address=([0-9.:]+)/) else {
            throw Unusable(output: process.standardError)
        }
        self.process = process
        address = "http://\(found.1)"
        client = try HTTPClient()
    }

    struct Unusable: Error {
        let output: String
    }

    struct Report: Decodable {
        struct Figures: Decodable {
            let requests: Int
            let statuses: [String: Int]
        }

        struct Request: Decodable {
            let endpoint: String
            let path: String
            let begin: Double
            let end: Double
            let status: Int?
        }

        let endpoints: [String: Figures]
        let last: [Request]

        func requests(_ endpoint: String) -> Int { endpoints[endpoint]?.requests ?? 0 }

        /// The most that were under way at once.
        var most: Int { most { _ in true } }

        var mostHeavy: Int { most { $0.hasSuffix("jobs") || $0.hasSuffix("nodes") } }

        private func most(_ counts: (String) -> Bool) -> Int {
            let spans = last.filter { counts($0.endpoint) }
            let edges = (spans.map { ($0.end, -1) } + spans.map { ($0.begin, 1) }).sorted { $0 < $1 }
            return edges.reduce(into: (now: 0, most: 0)) { count, edge in
                count.now += edge.1
                count.most = max(count.most, count.now)
            }.most
        }
    }

    func report() async throws -> Report {
        try JSONDecoder().decode(Report.self, from: Data(try await send(.get, "/simulator/requests")))
    }

    /// Puts faults in force in place of those that are.
    func cause(_ faults: String...) async throws {
        _ = try await send(.post, "/simulator/faults", Array(JSONEncoder().encode(faults)))
    }

    func forgetRequests() async throws {
        _ = try await send(.delete, "/simulator/requests")
    }

    private func send(_ method: HTTPClient.Method, _ path: String, _ body: [UInt8]? = nil) async throws -> [UInt8] {
        let response = try await client.send(HTTPClient.Request(method, address + path, body: body))
        let answer = try await response.body.collect(upTo: 64 << 20)
        guard response.status < 300 else { throw Unusable(output: String(decoding: answer, as: UTF8.self)) }
        return answer
    }
}
