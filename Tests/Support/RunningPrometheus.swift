import Foundation
import FoundationNetworking

/// A real Prometheus; without a configuration of its own it scrapes one address every half second.
public final class RunningPrometheus: Sendable {
    private let process: ChildProcess
    private let directory: TemporaryDirectory
    /// Host and port.
    public let address: String

    public convenience init(scraping target: String) async throws {
        try await self.init(
            configuration: """
                global: {scrape_interval: 500ms, scrape_timeout: 500ms}
                scrape_configs:
                - job_name: slurm
                  static_configs:
                  - targets: ['\(target)']
                """)
    }

    /// - Parameter configuration: what its file says; `SELF` there is its own address.
    public init(configuration: String) async throws {
        directory = try TemporaryDirectory()
        let own = "127.0.0.1:\(try freePort())"
        let file = try directory.write(configuration.replacing("SELF", with: own), to: "prometheus.yml")
        let process = try ChildProcess(
            "prometheus",
            ["--config.file", file, "--storage.tsdb.path", directory.path("data"), "--web.listen-address", own])
        self.process = process
        let isListening = await eventually { process.standardError.contains("Server is ready") }
        let found = process.standardError.firstMatch(of: /address=(127.0.0.1:[0-9]+)/)
        guard isListening, let found else { throw NotListening(output: process.standardError) }
        address = String(found.1)
    }

    public struct NotListening: Error {
        public let output: String
    }

    /// What it has said so far.
    public var log: String { process.standardError }

    /// Warnings and errors in its log.
    public var complaints: [String] {
        process.standardError.split(separator: "\n").map { String($0) }
            .filter { $0.contains("level=warn") || $0.contains("level=error") }
    }

    /// The value of the first series that an expression gives.
    public func value(of expression: String) async -> String? {
        await query(expression)?.first?.value.last?.text
    }

    /// The series that an expression gives, by name and labels; nil where it doesn't answer.
    public func series(of expression: String) async -> [[String: String]]? {
        await query(expression)?.map(\.metric)
    }

    private func query(_ expression: String) async -> [QueryAnswer.Series]? {
        var query = URLComponents(string: "http://\(address)/api/v1/query")!
        query.queryItems = [URLQueryItem(name: "query", value: expression)]
        // Foundation leaves it, and Prometheus reads it as a blank.
        query.percentEncodedQuery = query.percentEncodedQuery?.replacing("+", with: "%2B")
        guard let (data, _) = try? await URLSession.shared.data(from: query.url!) else { return nil }
        return try? JSONDecoder().decode(QueryAnswer.self, from: data).data.result
    }

    private struct QueryAnswer: Decodable {
        let data: Result

        struct Result: Decodable {
            let result: [Series]
        }

        struct Series: Decodable {
            let metric: [String: String]
            let value: [Scalar]
        }

        struct Scalar: Decodable {
            let text: String

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                text = try (try? container.decode(String.self)) ?? String(container.decode(Double.self))
            }
        }
    }
}
