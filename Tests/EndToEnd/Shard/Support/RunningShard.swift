import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// The real `slurm-shard` on a free port.
final class RunningShard: Sendable {
    let process: ChildProcess
    let address: String
    private let directory: TemporaryDirectory

    init(configuration: String = "", arguments: [String] = [], environment: [String: String] = [:]) async throws {
        directory = try TemporaryDirectory()
        let file = try directory.write(configuration, to: "shard.yaml")
        let process = try ChildProcess(
            try builtProgram("slurm-shard"), ["--config", file, "--web.listen", "127.0.0.1:0"] + arguments,
            environment: environment)
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

    /// - Parameter query: with its question mark.
    func scrape(_ query: String = "") async throws -> Scrape {
        try Scrape(try await get("/metrics\(query)").body)
    }

    func client() throws -> RawClient {
        try RawClient(.ipv4(port: UInt16(address.split(separator: ":").last ?? "") ?? 0))
    }
}

extension RunningShard {
    /// Waits until every enabled collector has had its first answer or its first failure.
    func becomesReady() async throws -> Bool {
        try await eventually { try await get("/ready").status == 200 }
    }

    /// The first scrape that shows what is hoped for, or the last one that doesn't.
    func scrape(
        until condition: (Scrape) -> Bool, _ location: SourceLocation = #_sourceLocation
    ) async throws -> Scrape {
        var last = try await scrape()
        let isShown = try await eventually(within: .seconds(60)) {
            if condition(last) { return true }
            try await Task.sleep(for: .milliseconds(100))
            last = try await scrape()
            return false
        }
        #expect(isShown, "\(process.standardError.suffix(2000))", sourceLocation: location)
        return last
    }

    /// Waits until it shows, of each feed that Slurm has, an answer to a question that was asked after a moment.
    func showsAnswers(
        since moment: ContinuousClock.Instant, within limit: Duration = .seconds(60)
    ) async throws -> Bool {
        try await TestSupport.showsAnswers(since: moment, within: limit) { Data(try await get($0).body.utf8) }
    }

    func upstreams() async throws -> [UpstreamReport] {
        try UpstreamReport.all(of: Data(try await get("/debug/upstreams").body.utf8))
    }
}
