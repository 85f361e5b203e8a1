import Foundation
import FoundationNetworking
import TestSupport

/// The real `slurm-shard` on a free port.
final class RunningShard {
    let process: ChildProcess
    let address: String
    private let directory: TemporaryDirectory

    init(configuration: String = "", arguments: [String] = []) async throws {
        directory = try TemporaryDirectory()
        let file = try directory.write("web: {listen: 127.0.0.1:0}\n" + configuration, to: "shard.yaml")
        let process = try ChildProcess(try builtProgram("slurm-shard"), ["--config", file] + arguments)
        self.process = process
        let isListening = await eventually { process.standardError.contains("listening on") }
        guard isListening else { throw NoAddress(output: process.standardError) }
        let found = process.standardError.firstMatch(of: /listening on ([0-9.:]+)/)
        guard let found else { throw NoAddress(output: process.standardError) }
        address = String(found.1)
    }

    struct NoAddress: Error {
        let output: String
    }

    func rewriteConfiguration(_ text: String, web: String = "listen: 127.0.0.1:0") throws {
        try directory.write("web: {\(web)}\n" + text, to: "shard.yaml")
    }

    func get(
        _ path: String, method: String = "GET", headers: [String: String] = [:]
    ) async throws -> (status: Int, fields: HTTPURLResponse, body: String) {
        var request = URLRequest(url: URL(string: "http://\(address)\(path)")!)
        request.httpMethod = method
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await URLSession.shared.data(for: request)
        let fields = response as! HTTPURLResponse
        return (fields.statusCode, fields, String(decoding: data, as: UTF8.self))
    }
}
