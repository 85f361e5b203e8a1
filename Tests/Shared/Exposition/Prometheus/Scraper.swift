import Exposition
import ExpositionProperties
import Foundation
import TestSupport

struct Target: CustomStringConvertible {
    let format: ExpositionFormat
    let document: [UInt8]

    init(_ format: ExpositionFormat, _ document: [UInt8]) {
        self.format = format
        self.document = document
    }

    init(_ format: ExpositionFormat, _ document: String) {
        self.init(format, Array(document.utf8))
    }

    var description: String { "\(format) \(String(decoding: document, as: UTF8.self).debugDescription)" }

    func read() -> Result<[Line], ExpositionError> {
        ExpositionParser.read([document[...]], format: format)
    }

    fileprivate var suffix: String { format == .text ? "txt" : "om" }
}

/// What came of scraping one target.
struct Scrape {
    /// Empty if it went well.
    let error: String
    let samples: [[String: String]: UInt64]

    var isGood: Bool { error.isEmpty }
}

enum Tool {
    static func isInstalled(_ name: String) -> Bool {
        ProcessInfo.processInfo.environment["PATH", default: ""].split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
        }
    }
}

/// A Prometheus that scrapes documents from a small file server.
struct Scraper {
    private let directory: TemporaryDirectory
    private let server: ChildProcess
    private let prometheus: ChildProcess
    private let address: String
    private let count: Int

    struct Failure: Error {
        let what: String
    }

    init(_ targets: [Target]) async throws {
        directory = try TemporaryDirectory()
        count = targets.count
        for (index, target) in targets.enumerated() {
            try Data(target.document).write(to: directory.url.appending(path: "\(index).\(target.suffix)"))
        }
        server = try ChildProcess("python3", ["-u", "-c", Self.fileServer], directory: directory.url)
        let port = try await Self.wait(for: #/port=(\d+)/#, in: server)
        let configuration = try directory.write(Self.configuration(targets, port: port), to: "prometheus.yml")
        prometheus = try ChildProcess(
            "prometheus",
            [
                "--config.file=\(configuration)", "--web.listen-address=127.0.0.1:0",
                "--storage.tsdb.path=\(directory.path("data"))",
            ])
        address = try await Self.wait(for: #/Listening on" address=(\S+)/#, in: prometheus)
    }

    /// In the order of the targets, when all have been scraped.
    func scrapes() async throws -> [Scrape] {
        var errors: [Int: String] = [:]
        _ = try await eventually(within: .seconds(60)) {
            errors = try await verdicts()
            return errors.count == count
        }
        let samples = try await samples()
        return errors.sorted { $0.key < $1.key }.map { Scrape(error: $0.value, samples: samples[$0.key] ?? [:]) }
    }

    /// By target; a scrape that failed for want of time is repeated.
    private func verdicts() async throws -> [Int: String] {
        struct Answer: Decodable {
            struct Active: Decodable {
                let labels: [String: String]
                let health: String
                let lastError: String
            }
            let data: [String: [Active]]
        }
        let answer = try JSONDecoder().decode(Answer.self, from: try await get("targets?state=active"))
        var verdicts: [Int: String] = [:]
        for target in answer.data["activeTargets"] ?? [] {
            guard target.health != "unknown", !target.lastError.contains("Get \"http"),
                let document = target.labels["document"].flatMap({ Int($0) })
            else { continue }
            verdicts[document] = target.lastError
        }
        return verdicts
    }

    private func samples() async throws -> [Int: [[String: String]: UInt64]] {
        struct Answer: Decodable {
            struct Series: Decodable {
                let metric: [String: String]
                let value: [Value]
            }
            enum Value: Decodable {
                case time(Double)
                case value(String)

                init(from decoder: any Decoder) throws {
                    let container = try decoder.singleValueContainer()
                    if let text = try? container.decode(String.self) {
                        self = .value(text)
                    } else {
                        self = .time(try container.decode(Double.self))
                    }
                }
            }
            struct Body: Decodable {
                let result: [Series]
            }
            let data: Body
        }
        let query = "query?query=%7Bdocument!%3D%22%22%2C__name__!~%22up%7Cscrape_.*%22%7D"
        let answer = try JSONDecoder().decode(Answer.self, from: try await get(query))
        var samples: [Int: [[String: String]: UInt64]] = [:]
        for series in answer.data.result {
            guard let document = series.metric["document"].flatMap({ Int($0) }),
                case .value(let text)? = series.value.last, let value = Double(text)
            else { throw Failure(what: "odd series \(series)") }
            let labels = series.metric.filter { !["document", "job", "instance"].contains($0.key) }
            samples[document, default: [:]][labels] = value.isNaN ? Double.nan.bitPattern : value.bitPattern
        }
        return samples
    }

    private func get(_ path: String) async throws -> Data {
        let curl = try ChildProcess(
            "curl",
            [
                "--silent", "--fail", "--retry", "5", "--retry-connrefused", "--retry-all-errors",
                "http://\(address)/api/v1/\(path)",
            ])
        guard try await curl.exit() == 0 else { throw Failure(what: "no answer to \(path)") }
        return Data(curl.standardOutput.utf8)
    }

    private static func wait(for pattern: Regex<(Substring, Substring)>, in process: ChildProcess) async throws
        -> String
    {
        var found: String?
        _ = await eventually {
            found = (process.standardOutput + process.standardError).firstMatch(of: pattern).map { String($0.1) }
            return found != nil || !process.isRunning
        }
        guard let found else { throw Failure(what: process.standardError) }
        return found
    }

    private static func configuration(_ targets: [Target], port: String) -> String {
        let entries = targets.enumerated().map { index, target in
            """
              - targets: ["127.0.0.1:\(port)"]
                labels: {document: "\(index)", __metrics_path__: "/\(index).\(target.suffix)"}
            """
        }
        return """
            scrape_configs:
            - job_name: documents
              scrape_interval: 3s
              scrape_timeout: 3s
              honor_labels: true
              honor_timestamps: false
              static_configs:
            """ + "\n" + entries.joined(separator: "\n")
    }

    private static let fileServer = """
        from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

        class Handler(SimpleHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            extensions_map = {
                ".txt": "text/plain; version=0.0.4; charset=utf-8",
                ".om": "application/openmetrics-text; version=1.0.0; charset=utf-8",
            }

            def log_message(self, *arguments):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        print(f"port={server.server_port}")
        server.serve_forever()
        """
}
