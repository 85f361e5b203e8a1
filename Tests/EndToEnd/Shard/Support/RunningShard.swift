import Exposition
import Foundation
import FoundationNetworking
import TestSupport

/// The real `slurm-shard` on a free port.
final class RunningShard: Sendable {
    let process: ChildProcess
    let address: String
    private let directory: TemporaryDirectory

    init(configuration: String = "", arguments: [String] = [], environment: [String: String] = [:]) async throws {
        directory = try TemporaryDirectory()
        let file = try directory.write("web: {listen: 127.0.0.1:0}\n" + configuration, to: "shard.yaml")
        let process = try ChildProcess(
            try builtProgram("slurm-shard"), ["--config", file] + arguments, environment: environment)
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

    /// Waits until a scrape shows what is hoped for.
    func shows(_ condition: (Scrape) -> Bool) async throws -> Bool {
        try await eventually { condition(try await scrape()) }
    }

    /// A scrape in which nothing comes from an answer to a question that was asked before a moment.
    func scrape(newerThan moment: ContinuousClock.Instant) async throws -> Scrape? {
        let isNew = try await eventually {
            let elapsed = ContinuousClock.now - moment
            return try await scrape().oldestQuestion.map { .seconds($0) < elapsed } ?? false
        }
        // Figures of a generation may be told a moment before its series are.
        return isNew ? try await scrape() : nil
    }
}

extension Scrape {
    /// How many seconds ago the question was asked whose answer is the oldest of those shown; nil before all are there.
    fileprivate var oldestQuestion: Double? {
        let feeds = series("slurm_exporter_feed_interval_seconds").keys
        var oldest: Double?
        for feed in feeds {
            guard let age = self["slurm_exporter_feed_age_seconds", feed],
                let duration = self["slurm_exporter_feed_duration_seconds", feed]
            else { return nil }
            oldest = max(oldest ?? 0, age + duration)
        }
        return oldest
    }
}
