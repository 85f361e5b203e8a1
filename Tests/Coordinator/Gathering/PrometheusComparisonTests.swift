import Compression
import FederatedSeries
import Federation
import Gathering
import HTTP
import HTTPClient
import HTTPServer
import Locks
import Metrics
import ServiceRuntime
import TestSupport
import Testing

import enum HTTPServer.Answer

/// A real Prometheus and a coordinator ask the same exporters, and are asked the same.
struct PrometheusComparisonTests {
    @Test func answersAsPrometheusDoes() async throws {
        let pair = try await ComparedPair(documents: Self.documents)
        var random = SeededGenerator(seed: 1)
        var selectors = Self.written
        for _ in 0..<150 { selectors.append(Self.random(&random)) }
        for _ in 0..<350 { selectors.append(Self.mutant(of: selectors.randomElement(using: &random)!, &random)) }
        var accepted = 0
        for selector in selectors {
            let (ours, theirs) = try await Self.answers(of: pair, to: selector)
            if theirs.status == 200 { accepted += 1 }
            guard !Self.isNewer(selector, ours, theirs) else { continue }
            #expect(ours.status == theirs.status, "\(selector.debugDescription): \(ours.text) / \(theirs.text)")
            #expect(ours.samples == theirs.samples, "\(selector.debugDescription)")
        }
        #expect(accepted > selectors.count / 4 && accepted < selectors.count)
        await pair.end()
    }

    /// Of a body that breaks in the middle Prometheus goes on showing what came before, for five minutes; so these break
    /// in their first line, or not at all.
    private static let bodies: [(name: String, answer: @Sendable () -> TargetAnswer)] = [
        ("repeated series", { .exposition("a 1\na 2\nb{x=\"1\",y=\"2\"} 3\nb{y=\"2\",x=\"1\"} 4\n") }),
        ("no line end", { .exposition("a 1\nb 2") }), ("carriage returns", { .exposition("a 1\r\n") }),
        ("two types", { .exposition("# TYPE a gauge\n# TYPE a counter\na 1\n") }),
        ("a family in two parts", { .exposition("a{x=\"1\"} 1\nb 1\na{x=\"2\"} 2\n") }),
        ("an unknown type", { .exposition("# TYPE a strange\na 1\n") }),
        ("a third number", { .exposition("a 1 2 3\n") }),
        ("hexadecimal", { .exposition("a 0x10\n") }), ("a label twice", { .exposition("a{x=\"1\",x=\"2\"} 1\n") }),
        ("empty labels", { .exposition("a{x=\"\",job=\"\"} 1\n") }), ("nothing", { .exposition("") }),
        ("blanks", { .exposition("a  {  x = \"1\" , }   1\n\n  # comment\n") }),
        (
            "OpenMetrics",
            { .exposition("# TYPE a counter\na_total 1\n# EOF\n", "application/openmetrics-text; version=1.0.0") }
        ),
        ("OpenMetrics without its end", { .exposition("b 1\n", "application/openmetrics-text; version=1.0.0") }),
        ("no type of content", { .response(Response(.ok, body: Array("a 5\n".utf8))) }),
        ("a strange type of content", { .exposition("a 6\n", "text/html") }),
        ("an error", { .response(Response(.internalServerError, body: Array("a 7\n".utf8))) }),
        ("nothing there", { .response(Response(.notFound, body: Array("a 8\n".utf8))) }),
        ("a page", { .exposition("<!DOCTYPE html>\n<title>502</title>\n", "text/html") }),
        (
            "no UTF-8",
            {
                .response(
                    Response(
                        .ok, ["Content-Type": "text/plain"], body: Array("a{x=\"".utf8) + [0xFF] + Array("\"} 9\n".utf8)
                    ))
            }
        ),
        (
            "gzip",
            {
                .response(
                    Response(
                        .ok, ["Content-Type": "text/plain", "Content-Encoding": "gzip"],
                        body: Gzip.compress(Array("a 10\n".utf8))))
            }
        ),
        (
            "chunks",
            {
                .work { writer in
                    for piece in ["a 1", "1\nb", " 2\n"] { try await writer.write(Array(piece.utf8)) }
                }
            }
        ),
        ("no content", { .response(Response(.noContent, body: [])) }),
        ("nothing for long", { .work { _ in try await Task.sleep(for: .seconds(60)) } }),
        ("the end of the connection", { .work { writer in writer.abort() } }),
        (
            "a length that lies",
            {
                .work { writer in
                    writer.start(.ok, length: 100)
                    try await writer.write(Array("!\n".utf8))
                }
            }
        ),
        ("other series", { .exposition("c{exported_job=\"x\",job=\"own\"} 1\n") }),
    ]

    @Test func takesFromTargetsWhatPrometheusTakes() async throws {
        let pair = try await ComparedPair(documents: ["a 0\n"])
        for (name, answer) in Self.bodies {
            await pair.answer(with: answer)
            let all = #"{__name__=~".+"}"#
            let (ours, theirs) = try await Self.answers(of: pair, to: all)
            #expect(ours.samples == theirs.samples, "\(name)")
            await pair.answer { .exposition("a 0\n") }
        }
        await pair.end()
    }

    /// Once they agree, or the last ones that didn't: of a scrape that came late one of them has nothing for a while.
    private static func answers(
        of pair: ComparedPair, to selector: String
    ) async throws -> (ours: ComparedPair.Answer, theirs: ComparedPair.Answer) {
        var (ours, theirs) = try await pair.askBoth(selector)
        _ = try await eventually(within: .seconds(20)) {
            if isNewer(selector, ours, theirs) || ours.status == theirs.status && ours.samples == theirs.samples {
                return true
            }
            (ours, theirs) = try await pair.askBoth(selector)
            return false
        }
        return (ours, theirs)
    }

    /// What Prometheus 3 takes and 2.42 doesn't.
    private static func isNewer(_ selector: String, _ ours: ComparedPair.Answer, _ theirs: ComparedPair.Answer) -> Bool
    {
        guard ours.status == 200, theirs.status == 400 else { return false }
        return theirs.text.contains("unexpected string") || selector.contains("\\Q")
    }

    private static let documents = [
        """
        # HELP jobs Jobs.
        # TYPE jobs gauge
        jobs{state="running",partition="gpu"} 3
        jobs{state="pending",partition="gpu"} 4
        jobs{state="running",partition=""} 5
        # TYPE wait_seconds histogram
        wait_seconds_bucket{le="1"} 1
        wait_seconds_bucket{le="+Inf"} 2
        wait_seconds_sum 3.5
        wait_seconds_count 2
        big 1e300
        small -1e-300
        nan NaN
        inf_value +Inf
        twice 1
        twice 2
        job_label{job="own",instance="mine"} 1
        a:b:c 1
        sum 1
        weird{v="q\\"\\\\ö"} 9
        """ + "\n",
        (0..<300).map { "node_cpus{node=\"n\($0)\",rack=\"r\($0 % 7)\"} \(Double($0) * 1.1)\n" }.joined()
            + "jobs{state=\"running\"} 1",
    ]

    private static let written = [
        "", " ", "{}", "{,}", "up", "jobs", "sum", "SUM", "on", "inf", "NaN", "by", "offset", "a:b:c", ":", "5",
        "jobs[5m]",
        "jobs offset 5m", "jobs @ 1", "(jobs)", "-jobs", "jobs + jobs", "sum(jobs)", "jobs{", "jobs}", "jobs{}",
        "{jobs}", "{{}}",
        #"{__name__="jobs"}"#, #"{__name__=~"jobs|node.*"}"#, #"{__name__!~"j.*"}"#, #"{__name__=~".+"}"#,
        #"{__name__=~".*"}"#,
        #"{x=""}"#, #"{x!="a"}"#, #"{state=""}"#, #"{state!=""}"#, #"{partition=""}"#, #"{partition=~".*"}"#,
        #"{partition=~".+"}"#,
        #"{partition!~".+"}"#, #"{state=~"run.*|pend(ing)?"}"#, #"{state=~"(?i)RUNNING"}"#, #"{node=~"n1.*"}"#,
        #"{node=~"n[0-9]"}"#,
        #"{node!~"n.+",state!="running"}"#, #"{job="j"}"#, #"{exported_job="own"}"#, #"{instance=~"127.*"}"#,
        #"{le="+Inf"}"#,
        #"jobs{state="running",}"#, #"jobs{state="running",,}"#, #"jobs {state = "running"} # comment"#, "# only\njobs",
        "jobs # x\n{}",
        #"jobs{state='running'}"#, "jobs{state=`running`}", #"jobs{state="runn\x69ng"}"#, #"jobs{state="\162unning"}"#,
        #"jobs{state="\u0072unning"}"#, #"weird{v="q\"\\ö"}"#, #"weird{v=~"q.*"}"#, #"jobs{state=~"("}"#,
        #"jobs{state=~"a**"}"#,
        #"jobs{state=~"(?=a)"}"#, #"jobs{state=~"\\1"}"#, #"jobs{state=~"a{1001}"}"#, #"jobs{state=~"\\C"}"#,
        #"jobs{state=~"\\pL+"}"#,
        #"jobs{state=~"[[:alpha:]]+"}"#, #"jobs{state=~"^running$"}"#, #"jobs{state=~"running\\b"}"#,
        #"a{__name__="jobs"}"#,
        #"jobs{state="\400"}"#, #"jobs{state="\ud800"}"#, #"jobs{state="\q"}"#, #"{a="\xff"}"#, #"{a=~"\xff"}"#, "ä",
        "jobs{ä=\"1\"}",
        "jobs{a:b=\"1\"}", "jobs{state=\"\u{FFFD}\"}", #"jobs{1a="b"}"#, #"jobs{on="1",sum="",bool=""}"#,
        #"{state="running"} or jobs"#,
    ]

    private static func random(_ random: inout SeededGenerator) -> String {
        let names = ["", "jobs", "node_cpus", "sum", "nothing", "wait_seconds_bucket", "job_label"]
        let labels = ["state", "partition", "node", "rack", "__name__", "none", "job", "instance", "exported_job", "v"]
        let values = ["running", "pending", "", "gpu", "n1", "n12", "r3", "jobs", "j", "own", "x"]
        let patterns = [
            "run.*", "n1[0-9]?", ".*", ".+", "r3|r4", "", "(a|n)2.", "p.*g", "jobs|sum", "[^r].*", "n(1|2)\\\\d",
            "r\\\\d",
        ]
        let matchers = (0..<Int.random(in: 0...3, using: &random)).map { _ in
            let isPattern = Bool.random(using: &random)
            let operation = (isPattern ? ["=~", "!~"] : ["=", "!="]).randomElement(using: &random)!
            let value = (isPattern ? patterns : values).randomElement(using: &random)!
            return "\(labels.randomElement(using: &random)!)\(operation)\"\(value)\""
        }
        return names.randomElement(using: &random)! + "{" + matchers.joined(separator: ",") + "}"
    }

    private static func mutant(of selector: String, _ random: inout SeededGenerator) -> String {
        var characters = Array(selector.unicodeScalars)
        let pieces = Array(#"{}="'`~!,\()[]:#.*+?|^$_ aNx19-"#.unicodeScalars)
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 0...characters.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: characters.insert(pieces.randomElement(using: &random)!, at: place)
            case 1 where place < characters.count: characters.remove(at: place)
            default:
                if place < characters.count { characters[place] = pieces.randomElement(using: &random)! }
            }
        }
        return String(String.UnicodeScalarView(characters))
    }
}

private typealias TargetAnswer = Answer

extension Answer {
    fileprivate static func exposition(_ text: String, _ type: String = "text/plain; version=0.0.4") -> Answer {
        .response(Response(.ok, ["Content-Type": type], body: Array(text.utf8)))
    }
}

/// The two that are compared, over the same exporters.
private final class ComparedPair {
    struct Answer {
        let status: Int
        let text: String

        /// Name, labels and value, sorted; of what each says of its targets itself only the rest counts.
        var samples: [String] {
            guard status == 200 else { return [] }
            return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
                let end = line.lastIndex(of: "}")!
                let series = line[...end]
                guard !series.hasPrefix("up{"), !series.hasPrefix("scrape_") else { return nil }
                let value = Double(line[line.index(after: end)...].split(separator: " ")[0])!
                return "\(series) \(value)"
            }.sorted()
        }
    }

    enum Side {
        case coordinator, prometheus
    }

    private struct Script {
        var answer: (@Sendable () -> TargetAnswer)?
        /// By whom, since the last change.
        var requests: [String: Int] = [:]
    }

    private let script = Locked(Script())
    private let exporters: [HTTPServer]
    private let server: HTTPServer
    private let client: HTTPClient
    private let prometheus: RunningPrometheus
    private let work: Task<Void, any Error>

    init(documents: [String]) async throws {
        exporters = try documents.map { [script] document in
            var router = Router()
            try router.add(.get, "/metrics") { request in
                let answer = script.withLock { script in
                    script.requests[request.fields["User-Agent"] ?? "", default: 0] += 1
                    return script.answer
                }
                return answer?() ?? .exposition(document)
            }
            return try HTTPServer(on: [.exactly(.ipv4(0x7F00_0001, port: 0))], responder: router)
        }
        let addresses = exporters.map { "127.0.0.1:\($0.addresses[0].port!)" }
        let federation = Federation()
        let targets = addresses.map {
            StaticTarget(url: "http://\($0)/metrics", labels: ["job": "j"], interval: .milliseconds(500))
        }
        let gatherer = Gatherer(targets, federation: federation, logger: CollectedLog().log().logger("test"))
        federation.arrange(gatherer.sources)
        try await gatherer.start()
        work = Task { try await gatherer.run() }
        var router = Router(parameterLimit: 100_000)
        router.add(federation)
        var limits = HTTPServer.Limits()
        limits.request.requestLine = 1 << 20
        server = try HTTPServer(on: [.exactly(.ipv4(0x7F00_0001, port: 0))], limits: limits, responder: router)
        client = try HTTPClient()
        prometheus = try await RunningPrometheus(
            configuration: """
                global: {scrape_interval: 500ms, scrape_timeout: 500ms}
                scrape_configs:
                - job_name: j
                  static_configs:
                  - targets: [\(addresses.map { "'\($0)'" }.joined(separator: ", "))]
                """)
        let all = #"{__name__=~".+"}"#
        let isSame = try await eventually {
            let (ours, theirs) = try await askBoth(all)
            return !theirs.samples.isEmpty && ours.samples == theirs.samples
        }
        #expect(isSame)
    }

    /// Waits until both have had three such answers, of which the first may have been on its way before.
    func answer(with answer: @escaping @Sendable () -> TargetAnswer) async {
        script.withLock { $0 = Script(answer: answer) }
        let isDone = await eventually {
            script.withLock { $0.requests.count == 2 && $0.requests.values.allSatisfy { $0 > 2 } }
        }
        #expect(isDone)
    }

    func askBoth(_ selector: String) async throws -> (ours: Answer, theirs: Answer) {
        try await (ask(.coordinator, selector), ask(.prometheus, selector))
    }

    private func ask(_ side: Side, _ selector: String) async throws -> Answer {
        let address = side == .prometheus ? prometheus.address : "127.0.0.1:\(server.addresses[0].port!)"
        let url = "http://\(address)/federate?match%5B%5D=\(PercentEncoding.encode(selector))"
        let response = try await client.send(try HTTPClient.Request(.get, url))
        let status = response.status
        let body = try await response.body.collect(upTo: 1 << 26)
        return Answer(status: status, text: String(decoding: body, as: UTF8.self))
    }

    func end() async {
        work.cancel()
        _ = try? await work.value
    }
}
