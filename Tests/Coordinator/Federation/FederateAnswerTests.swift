import Compression
import Exposition
import FederatedSeries
import Federation
import HTTP
import HTTPClient
import HTTPServer
import Metrics
import ServiceRuntime
import TestSupport
import Testing

/// Asks over a real connection, as a scraper does.
struct FederateAnswerTests {
    private static let document = """
        # HELP jobs Jobs.
        # TYPE jobs gauge
        jobs{state="running"} 3
        jobs{state="pending"} 4
        # TYPE done_total counter
        done_total 5
        # TYPE old gauge
        old 6 1000

        """
    private let federation: Federation
    private let server: HTTPServer
    private let client: HTTPClient

    init() throws {
        let time = ManualClock(wall: UnixTime(nanoseconds: 2_000_000_000))
        federation = Federation(wallClock: time.wallClock)
        federation.arrange(["one"])
        federation.publish(try part(Self.document), of: "one")
        var router = Router(parameterLimit: 100_000)
        router.add(federation)
        var limits = HTTPServer.Limits()
        limits.request.requestLine = 1 << 20
        server = try HTTPServer(on: [.exactly(.ipv4(0x7F00_0001, port: 0))], limits: limits, responder: router)
        client = try HTTPClient()
    }

    private struct Answered {
        let status: Int
        let fields: HTTPClient.Fields
        let body: String
    }

    private func ask(
        _ target: String, _ method: HTTPClient.Method = .get, fields: [(name: String, value: String)] = []
    ) async throws -> Answered {
        let port = server.addresses[0].port!
        let request = try HTTPClient.Request(method, "http://127.0.0.1:\(port)\(target)", fields: fields)
        let response = try await client.send(request)
        let (status, fields) = (response.status, response.fields)
        let body = try await response.body.collect(upTo: 1 << 24)
        return Answered(status: status, fields: fields, body: String(decoding: body, as: UTF8.self))
    }

    /// That the federation says it gave.
    private var answers: Double? {
        let registry = MetricRegistry()
        federation.register(in: registry)
        let table = registry.tables().first { $0.family.name.text == "slurm_fleet_federate_answers_total" }
        return table.flatMap { table in table.rows.first.map(table.value) }
    }

    private static func query(_ selectors: String...) -> String {
        "/federate?" + selectors.map { "match%5B%5D=" + PercentEncoding.encode($0) }.joined(separator: "&")
    }

    @Test func answersWithTypesAndHelp() async throws {
        let answer = try await ask(Self.query("jobs", "{state=\"running\"}"))
        #expect(answer.status == 200)
        #expect(answer.fields["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
        #expect(
            answer.body == """
                # HELP jobs Jobs.
                # TYPE jobs gauge
                jobs{state="pending",instance=""} 4
                jobs{state="running",instance=""} 3

                """)
    }

    @Test(arguments: ["/federate", "/federate?match=up", "/federate?other=1", query("nothing"), query("{}")])
    func answersWithNothingWhereNothingIsAskedFor(_ target: String) async throws {
        let answer = try await ask(target)
        #expect(answer.status == 200)
        #expect(answer.body == "")
    }

    @Test func answersOpenMetricsToThoseWhoPreferIt() async throws {
        let accept = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"
        let answer = try await ask(Self.query("done_total"), fields: [("Accept", accept)])
        #expect(answer.fields["Content-Type"] == "application/openmetrics-text; version=1.0.0; charset=utf-8")
        #expect(answer.body == "# TYPE done counter\ndone_total{instance=\"\"} 5\n# EOF\n")
    }

    @Test func compresses() async throws {
        let answer = try await ask(Self.query("{__name__=~'.+'}"))
        #expect(answer.fields["Content-Encoding"] == "gzip")
        let plain = try await ask(Self.query("{__name__=~'.+'}"), fields: [("Accept-Encoding", "identity")])
        #expect(plain.fields["Content-Encoding"] == nil)
        #expect(plain.body == answer.body)
    }

    @Test(arguments: [
        (query(""), "1:1: parse error: unexpected end of input\n"),
        (query("jobs", "a-b", "c-d"), "1:2: parse error: unexpected <op:->\n"),
        (query("{a=~\"(\"}"), "1:2: parse error: error parsing regexp: missing ): (\n"),
    ])
    func refusesWhatIsNoSelector(_ target: String, _ text: String) async throws {
        let answer = try await ask(target)
        #expect(answer.status == 400)
        #expect(answer.body == text)
        #expect(answer.fields["Content-Type"] == "text/plain; charset=utf-8")
        #expect(answer.fields["X-Content-Type-Options"] == "nosniff")
    }

    @Test(arguments: ["/federate?match[]=%zz", "/federate?match[]=a;b", "/federate?match[]=%ff"])
    func refusesWhatIsNoQuery(_ target: String) async throws {
        #expect(try await ask(target).status == 400)
    }

    @Test(arguments: [HTTPClient.Method.post, .put, .delete, .patch, .head])
    func takesNoOtherMethod(_ method: HTTPClient.Method) async throws {
        let answer = try await ask("/federate", method)
        #expect(answer.status == 405)
        #expect(answer.fields["Allow"] == "GET, OPTIONS")
    }

    @Test func redirectsFromTheSlash() async throws {
        let answer = try await ask("/federate/?match[]=up")
        #expect(answer.status == 301)
        #expect(answer.fields["Location"] == "/federate?match[]=up")
    }

    @Test func saysNothingBeforeEverySourceWasHeardOf() async throws {
        federation.arrange(["one", "two"])
        #expect(try await ask(Self.query("old")).status == 503)
        #expect(answers == 0)
        #expect(try await ask(Self.query("-")).status == 400)
        federation.publish(.empty, of: "two")
        #expect(try await ask(Self.query("old")).status == 200)
        #expect(answers == 1)
    }

    /// What came while somebody asked is in the next answer, not half of it in this one.
    @Test func whoAsksBeforeTheFirstSeriesGetsNoneOfItAsAWhole() async throws {
        let federation = Federation()
        federation.arrange(["one"])
        let first = try part(Self.document)
        var router = Router()
        router.addFederation { request in
            defer { federation.publish(first, of: "one") }
            return federation.answer(to: request)
        }
        let server = try HTTPServer(on: [.exactly(.ipv4(0x7F00_0001, port: 0))], responder: router)
        let url = "http://127.0.0.1:\(server.addresses[0].port!)\(Self.query("jobs"))"
        var answers: [Int] = []
        for _ in 0..<2 { answers.append(try await client.send(try HTTPClient.Request(.get, url)).status) }
        #expect(answers == [503, 200])
        withExtendedLifetime(server) {}
    }

    @Test func tellsThoseWhoHaveItAlready() async throws {
        let first = try await ask(Self.query("jobs"))
        let tag = try #require(first.fields["ETag"])
        #expect(try await ask(Self.query("jobs"), fields: [("If-None-Match", tag)]).status == 304)
        federation.publish(try part("jobs 1\n"), of: "one")
        let next = try await ask(Self.query("jobs"), fields: [("If-None-Match", tag)])
        #expect(next.status == 200)
        #expect(next.body == "# TYPE jobs untyped\njobs{instance=\"\"} 1\n")
    }

    private static func large() throws -> SeriesPart {
        try part((0..<30_000).map { "big{x=\"\($0)\"} \($0)\n" }.joined())
    }

    @Test func neverHoldsALargeAnswerThatCannotStay() async throws {
        federation.adopt(AnswerSettings(), cacheLimit: 4 << 20)
        federation.publish(try Self.large(), of: "one")
        let plain = [(name: "Accept-Encoding", value: "identity")]
        for _ in 0..<3 {
            #expect(try await ask(Self.query("big"), fields: plain).fields["Content-Length"] == nil)
        }
        #expect(try await ask(Self.query("big"), fields: [("Accept-Encoding", "gzip")]).fields["Content-Length"] != nil)
    }

    @Test func holdsALargeAnswerOnceItIsAskedForTwice() async throws {
        federation.publish(try Self.large(), of: "one")
        let plain = [(name: "Accept-Encoding", value: "identity")]
        var answers: [Answered] = []
        for _ in 0..<3 { answers.append(try await ask(Self.query("big"), fields: plain)) }
        #expect(answers.map { $0.fields["Content-Length"] != nil } == [false, true, true])
        #expect(Set(answers.map(\.body)).count == 1)
        #expect(answers[0].body.split(separator: "\n").count == 30_001)
        let tag = try #require(answers[0].fields["ETag"])
        #expect(try await ask(Self.query("big"), fields: plain + [("If-None-Match", tag)]).status == 304)
    }

    @Test func holdsNothingForWhoAsksWithMoreThanOthersWould() async throws {
        federation.publish(try part((0..<30_000).map { "big{x=\"\($0)\"} \($0)\n" }.joined()), of: "one")
        let target = Self.query("big") + Self.selectors(1000) { "a_name_that_nothing_has_\($0)" }
        for _ in 0..<3 {
            let answer = try await ask(target, fields: [(name: "Accept-Encoding", value: "identity")])
            #expect(answer.fields["Content-Length"] == nil)
        }
    }

    @Test func keepsNothingThatTimeChanges() async throws {
        let answer = try await ask(Self.query("old"))
        #expect(answer.fields["ETag"] == nil)
        #expect(answer.body == "# TYPE old gauge\nold{instance=\"\"} 6\n")
    }

    @Test func takesTenThousandSelectors() async throws {
        let selectors = (0..<9_999).map { "match[]=m\($0)" } + ["match[]=done_total"]
        let answer = try await ask("/federate?" + selectors.joined(separator: "&"))
        #expect(answer.status == 200)
        #expect(answer.body == "# TYPE done_total counter\ndone_total{instance=\"\"} 5\n")
    }

    @Test func asksEachSelectorByItsBytes() async throws {
        federation.publish(try part("a{x=\"\u{E9}\"} 1\na{x=\"e\u{301}\"} 2\n"), of: "one")
        for (text, value) in [("\u{E9}", 1), ("e\u{301}", 2), ("\u{E9}", 1)] {
            #expect(try await ask(Self.query("a{x='\(text)'}")).body.hasSuffix(" \(value)\n"))
        }
        let both = try await ask(Self.query("a{x='\u{E9}'}", "a{x='e\u{301}'}", "a{x='\u{E9}'}"))
        #expect(both.body.split(separator: "\n").count == 3)
    }

    @Test func refusesExpressionsThatAreTooLargeTogether() async throws {
        let answer = try await ask(Self.query("jobs") + Self.selectors(40) { "{job=~'\\\\pL{50}\($0)'}" })
        #expect(answer.status == 400)
        #expect(
            answer.body
                == "1:2: parse error: error parsing regexp: the expressions of all selectors are too large together\n")
        #expect(try await ask(Self.query("jobs") + Self.selectors(400) { "{job=~'(a|b)+\($0)'}" }).status == 200)
        #expect(try await ask(Self.query("jobs") + Self.selectors(400) { _ in "{job=~'\\\\pL{50}'}" }).status == 200)
    }

    /// Everybody else is answered as if nobody asked for much.
    @Test func answersOthersWhileSomeAskForMuch() async throws {
        let values = (0..<20_000).map { "v{x=\"\($0) aaaaaaaaaaaaaaaa\"} 1\n" }
        federation.publish(try part(values.joined()), of: "one")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for client in 0..<16 {
                group.addTask {
                    _ = try? await ask(
                        "/federate?x=1" + Self.selectors(500) { "{x=~'.*(a|b)*[0-9]a.{9}\(client)\($0)'}" })
                }
            }
            try await Task.sleep(for: .milliseconds(300))
            let median = try await median(of: 50) { number in
                let answer = try await ask(Self.query("v{x='\(number) aaaaaaaaaaaaaaaa'}"))
                #expect(answer.body.hasSuffix("} 1\n"))
            }
            // What the others ask for takes a minute of all processors, on a machine that may be busy besides.
            #expect(median < .seconds(3))
            group.cancelAll()
        }
        let isFree = await eventually { (try? await ask(Self.query("{x=~'(1|2)(0|5) a+'}")).status) == 200 }
        #expect(isFree)
    }

    private static func selectors(_ count: Int, _ text: (Int) -> String) -> String {
        (0..<count).map { "&match%5B%5D=" + PercentEncoding.encode(text($0)) }.joined()
    }

    private func median(of count: Int, _ body: (Int) async throws -> Void) async rethrows -> Duration {
        var times: [Duration] = []
        for number in 0..<count {
            let start = ContinuousClock.now
            try await body(number)
            times.append(start.duration(to: .now))
        }
        return times.sorted()[count / 2]
    }

    @Test func answersManyAtOnceWhileSeriesChange() async throws {
        let number = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    var good = 0
                    for _ in 0..<20 where try await ask(Self.query("jobs")).body.contains("jobs{") { good += 1 }
                    return good
                }
            }
            for value in 0..<50 {
                federation.publish(try part("jobs{x=\"\(value)\"} \(value)\n"), of: "one")
                await Task.yield()
            }
            return try await group.reduce(0, +)
        }
        #expect(number == 160)
    }
}

private func part(_ text: String) throws -> SeriesPart {
    var reader = PartReader(.text, labels: TargetLabels(), time: 0)
    try reader.read(Array(text.utf8))
    return try reader.finish().part
}
