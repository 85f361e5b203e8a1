import Foundation
import FoundationNetworking
import TestSupport

/// The real `slurm-simulator` on a free port, frozen unless the arguments say otherwise.
final class RunningSimulator {
    let process: ChildProcess
    let address: String

    convenience init(_ arguments: String..., nodes: Int = 20, jobs: Int = 60) async throws {
        try await self.init(arguments: arguments, nodes: nodes, jobs: jobs)
    }

    /// - Parameter port: 0 for any that is free.
    init(arguments: [String], nodes: Int, jobs: Int, port: UInt16 = 0) async throws {
        let freeze = arguments.contains("--no-freeze") ? [] : ["--freeze"]
        let process = try ChildProcess(
            try builtProgram("slurm-simulator"),
            ["--listen", "127.0.0.1:\(port)", "--nodes", "\(nodes)", "--jobs", "\(jobs)"] + freeze + arguments)
        self.process = process
        let isSettled = await eventually(within: .seconds(120)) {
            !process.isRunning
                || process.standardOutput.contains("squeue\n") && process.standardError.contains("service=welcome")
        }
        let found = process.standardError.firstMatch(of: /address=([0-9.:]+)/)
        guard isSettled, let found else { throw NoAddress(output: process.standardError) }
        address = String(found.1)
    }

    struct NoAddress: Error {
        let output: String
    }

    struct Response {
        let status: Int
        let fields: HTTPURLResponse
        let body: Data

        var text: String { String(decoding: body, as: UTF8.self) }
        var length: Int? { fields.value(forHTTPHeaderField: "Content-Length").flatMap { Int($0) } }

        /// Repaired first: Slurm's text is not always UTF-8.
        var json: [String: Any]? { try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] }
        var errors: [[String: Any]] { json?["errors"] as? [[String: Any]] ?? [] }
    }

    func get(_ path: String, headers: [String: String] = [:]) async throws -> Response {
        try await send("GET", path, headers: headers)
    }

    @discardableResult
    func send(
        _ method: String, _ path: String, body: String? = nil, headers: [String: String] = [:]
    ) async throws -> Response {
        var request = URLRequest(url: URL(string: "http://\(address)\(path)")!)
        request.httpMethod = method
        request.httpBody = body.map { Data($0.utf8) }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await URLSession.shared.data(for: request)
        let fields = response as! HTTPURLResponse
        return Response(status: fields.statusCode, fields: fields, body: data)
    }

    /// Puts faults in force in place of those that are.
    func cause(_ faults: String...) async throws {
        let body = String(decoding: try JSONEncoder().encode(faults), as: UTF8.self)
        let response = try await send("POST", "/simulator/faults", body: body)
        guard response.status == 200 else { throw NoAddress(output: response.text) }
    }

    var port: UInt16 { UInt16(address.split(separator: ":").last ?? "") ?? 0 }

    func client() throws -> RawClient { try RawClient(.ipv4(port: port)) }
}
