import Compression
import Configuration
import FederatedSeries
import Federation
import Gathering
import HTTP
import HTTPServer
import Locks
import Metrics
import Selectors
import ServiceRuntime
import TestSupport
import Testing

import enum HTTPServer.Answer

/// An exporter that answers as it is told to, and counts how often.
private final class ScriptedTarget: Sendable {
    typealias Script = @Sendable (RoutedRequest) -> Answer

    private let state: Locked<(script: Script, requests: Int)>
    private let server: HTTPServer
    let address: String

    init(_ script: @escaping Script) throws {
        let state = Locked((script: script, requests: 0))
        self.state = state
        var router = Router()
        try router.add(.get, "/metrics") { request in
            let script = state.withLock { state in
                state.requests += 1
                return state.script
            }
            return script(request)
        }
        server = try HTTPServer(on: [.exactly(.ipv4(0x7F00_0001, port: 0))], responder: router)
        address = "127.0.0.1:\(server.addresses[0].port!)"
    }

    convenience init(_ text: String) throws {
        try self.init { _ in .text(text) }
    }

    func say(_ script: @escaping Script) {
        state.withLock { $0.script = script }
    }

    var requests: Int { state.withLock { $0.requests } }

    func target(
        labels: [String: String] = [:], timeout: Duration = .seconds(5), honorsLabels: Bool = false,
        limit: Int = 1 << 20
    ) -> StaticTarget {
        var target = StaticTarget(
            url: "http://\(address)/metrics", labels: ["instance": "i", "job": "j"].merging(labels) { $1 },
            interval: .milliseconds(100), honorsLabels: honorsLabels, bodyLimit: limit)
        target.timeout = timeout
        return target
    }
}

extension Answer {
    fileprivate static func text(_ text: String, _ fields: HTTPFields = ["Content-Type": "text/plain"]) -> Answer {
        .response(Response(.ok, fields, body: Array(text.utf8)))
    }
}

/// A gatherer at work, and what can be seen of it.
private struct Work {
    let federation: Federation
    let gatherer: Gatherer
    private let task: Task<Void, any Error>

    init(_ targets: [StaticTarget], _ settings: AnswerSettings = AnswerSettings()) async throws {
        let federation = Federation(settings)
        let gatherer = Gatherer(
            targets, federation: federation, logger: Log(LogSettings(), output: CollectedLog()).logger("test"))
        federation.arrange(gatherer.sources)
        try await gatherer.start()
        self.federation = federation
        self.gatherer = gatherer
        task = Task { try await gatherer.run() }
    }

    func shown(_ selector: String = "{__name__!~\"up|scrape.*\"}") throws -> [String] {
        var rendering = federation.generation.select([try Selector(selector)])
            .rendering(.text, AnswerSettings(), now: WallClock.system.now.nanoseconds / 1_000_000)
        var text = ""
        while let piece = rendering.next() { text += String(decoding: piece, as: UTF8.self) }
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    }

    func comesToShow(_ samples: [String]) async -> Bool {
        await eventually { (try? shown()) == samples }
    }

    func end() async {
        task.cancel()
        _ = try? await task.value
    }
}

struct GathererTests {
    private static let sample = #"a{instance="i",job="j"} 1"#

    @Test func showsWhatTargetsSayAndHowTheyStand() async throws {
        let (one, other) = (try ScriptedTarget("a 1\n"), try ScriptedTarget("a 2\nb 3\n"))
        let work = try await Work([one.target(), other.target(labels: ["instance": "k"])])
        #expect(
            await work.comesToShow([Self.sample, #"a{instance="k",job="j"} 2"#, #"b{instance="k",job="j"} 3"#]))
        let isUp = await eventually {
            (try? work.shown("up")) == [#"up{instance="i",job="j"} 1"#, #"up{instance="k",job="j"} 1"#]
        }
        #expect(isUp)
        #expect(
            try work.shown("scrape_samples_scraped{instance='k'}") == [
                #"scrape_samples_scraped{instance="k",job="j"} 2"#
            ])
        #expect(work.federation.waitingFor.isEmpty)
        await work.end()
    }

    @Test(arguments: [
        "status", "not found", "no content", "redirect", "reset", "nobody", "hang", "broken first line", "broken line",
        "broken last line", "no UTF-8", "page", "no end", "protobuf", "garbled", "cut gzip",
        "unknown coding",
        "too large", "too large when decompressed", "short",
    ])
    func failsAScrapeAsAWhole(_ fault: String) async throws {
        let target = try ScriptedTarget("a 1\n")
        let work = try await Work([target.target(timeout: .seconds(2), limit: 10_000)])
        #expect(await work.comesToShow([Self.sample]))
        target.say { _ in Self.answer(fault) }
        #expect(await work.comesToShow([]))
        let isDown = await eventually { (try? work.shown("up")) == [#"up{instance="i",job="j"} 0"#] }
        #expect(isDown)
        #expect(work.gatherer.board.statuses[0].errors.values.reduce(0, +) > 0)
        target.say { _ in .text("a 1\n") }
        #expect(await work.comesToShow([Self.sample]))
        await work.end()
    }

    private static func answer(_ fault: String) -> Answer {
        let body = "a 1\n" + (0..<100).map { "b\($0) 1\n" }.joined()
        let gzip = Gzip.compress(Array(body.utf8))
        switch fault {
        case "status": return .response(Response(.internalServerError, body: Array(body.utf8)))
        case "not found": return .response(Response(.notFound, body: Array(body.utf8)))
        case "nobody": return .work { writer in writer.abort() }
        case "hang": return .work { _ in try await Task.sleep(for: .seconds(60)) }
        case "broken first line": return .text("!\n" + body)
        case "broken last line": return .text(body + "c{x=\"1\" 1\n")
        case "no UTF-8":
            let value = Array("c{x=\"".utf8) + [0xC3, 0x28] + Array("\"} 1\n".utf8)
            return .response(Response(.ok, ["Content-Type": "text/plain"], body: Array(body.utf8) + value))
        case "page": return .text("<!DOCTYPE html>\n<title>502</title>\n", ["Content-Type": "text/html"])
        case "no content": return .response(Response(.noContent, body: []))
        case "redirect": return .response(Response(.found, ["Location": "/metrics"], body: Array(body.utf8)))
        case "broken line": return .text(body + "c{ 1\n")
        case "no end": return .text(body, ["Content-Type": "application/openmetrics-text; version=1.0.0"])
        case "protobuf": return .text(body, ["Content-Type": "application/vnd.google.protobuf"])
        case "garbled": return .text(body, ["Content-Encoding": "gzip"])
        case "cut gzip": return .response(Response(.ok, ["Content-Encoding": "gzip"], body: gzip.dropLast(9)))
        case "unknown coding": return .text(body, ["Content-Encoding": "br"])
        case "too large": return .text(String(repeating: "# comment\n", count: 2_000))
        case "too large when decompressed":
            let bomb = Array(String(repeating: "# comment\n", count: 100_000).utf8)
            return .response(Response(.ok, ["Content-Encoding": "gzip"], body: Gzip.compress(bomb)))
        case "short":
            return .work { writer in
                writer.start(.ok, length: body.utf8.count + 1)
                try await writer.write(Array(body.utf8))
            }
        default:
            return .work { writer in
                try await writer.write(Array(body.utf8))
                writer.abort()
            }
        }
    }

    @Test func nobodyWaitsForOneThatHangsOrNeverEnds() async throws {
        let good = try ScriptedTarget("a 1\n")
        let hanging = try ScriptedTarget { _ in .work { _ in try await Task.sleep(for: .seconds(60)) } }
        let endless = try ScriptedTarget { _ in
            .work { writer in while true { try await writer.write(Array(repeating: UInt8(ascii: "#"), count: 65_536)) }
            }
        }
        let dripping = try ScriptedTarget { _ in
            .work { writer in
                while true {
                    try await writer.write([UInt8(ascii: "#")])
                    try await Task.sleep(for: .milliseconds(50))
                }
            }
        }
        let work = try await Work([
            hanging.target(timeout: .milliseconds(500)), endless.target(), dripping.target(timeout: .milliseconds(500)),
            good.target(),
        ])
        let answered = good.requests
        #expect(await work.comesToShow([Self.sample]))
        let goesOn = await eventually { good.requests > answered + 5 }
        #expect(goesOn)
        let reasons = await eventually {
            let errors = work.gatherer.board.statuses.map { Set($0.errors.keys) }
            return errors == [["timeout"], ["too_large"], ["timeout"], []]
        }
        #expect(reasons, "\(work.gatherer.board.statuses.map(\.errors))")
        await work.end()
    }

    @Test func whatDoesNotChangeIsNotReadAgain() async throws {
        let target = try ScriptedTarget("a 1\n")
        let work = try await Work([target.target()])
        #expect(await work.comesToShow([Self.sample]))
        let isUnchanged = await eventually { work.gatherer.board.statuses[0].unchanged > 3 }
        #expect(isUnchanged)
        let before = ObjectIdentifier(work.federation.generation)
        let more = work.gatherer.board.statuses[0].unchanged + 3
        let goesOn = await eventually { work.gatherer.board.statuses[0].unchanged > more }
        #expect(goesOn)
        #expect(ObjectIdentifier(work.federation.generation) == before)
        target.say { _ in .text("a 2\n") }
        #expect(await work.comesToShow([#"a{instance="i",job="j"} 2"#]))
        await work.end()
    }

    /// What is compared before it is read comes in several blocks, and above some size not at all.
    @Test(arguments: [1 << 20, 3 << 20, 5 << 20])
    func readsEveryByteOfLongBodies(_ size: Int) async throws {
        func body(_ last: Int) -> String {
            "a 1\n" + String(repeating: "# \(String(repeating: "x", count: 997))\n", count: size / 1000) + "b \(last)\n"
        }
        let (first, second) = (body(1), body(2))
        let target = try ScriptedTarget(first)
        let work = try await Work([target.target(limit: 8 << 20)])
        #expect(await work.comesToShow([Self.sample, #"b{instance="i",job="j"} 1"#]))
        if size < 4 << 20 {
            let isUnchanged = await eventually { work.gatherer.board.statuses[0].unchanged > 1 }
            #expect(isUnchanged)
        }
        target.say { _ in .text(second) }
        #expect(await work.comesToShow([Self.sample, #"b{instance="i",job="j"} 2"#]))
        await work.end()
    }

    @Test func asksUnderConditionWhereThereIsATag() async throws {
        let target = try ScriptedTarget { request in
            request.fields["If-None-Match"] == "\"x\""
                ? .response(Response(.notModified, ["ETag": "\"x\""], body: []))
                : .text("a 1\n", ["Content-Type": "text/plain", "ETag": "\"x\""])
        }
        let work = try await Work([target.target()])
        let isUnchanged = await eventually { work.gatherer.board.statuses[0].unchanged > 3 }
        #expect(isUnchanged)
        #expect(try work.shown() == [Self.sample])
        #expect(work.gatherer.board.statuses[0].samples == 1)
        await work.end()
    }

    @Test func regionsMakeATree() async throws {
        let exporter = try ScriptedTarget("# HELP a What.\n# TYPE a counter\na{instance=\"own\"} 1\nb 2\n")
        let region = try await Work([exporter.target(honorsLabels: true)])
        var router = Router()
        router.add(region.federation)
        let server = try HTTPServer(on: [.exactly(.ipv4(0x7F00_0001, port: 0))], responder: router)
        let url = "http://127.0.0.1:\(server.addresses[0].port!)/federate?match[]={__name__=~\"a|b\"}"
        let world = try await Work([StaticTarget(url: url, interval: .milliseconds(100), honorsLabels: true)])
        #expect(await world.comesToShow([#"a{instance="own",job="j"} 1"#, #"b{instance="i",job="j"} 2"#]))
        await world.end()
        await region.end()
        _ = server
    }

    @Test func followsAChangeOfFormat() async throws {
        let target = try ScriptedTarget("# TYPE a counter\na 1\n")
        let work = try await Work([target.target()])
        #expect(await work.comesToShow([Self.sample]))
        target.say { _ in
            .text(
                "# TYPE b counter\nb_total 2\n# EOF\n", ["Content-Type": "application/openmetrics-text; version=1.0.0"])
        }
        #expect(await work.comesToShow([#"b_total{instance="i",job="j"} 2"#]))
        await work.end()
    }

    @Test func otherTargetsAreTakenOverWithoutAGap() async throws {
        let (one, other, third) = (
            try ScriptedTarget("a 1\n"), try ScriptedTarget("b 2\n"), try ScriptedTarget("c 3\n")
        )
        third.say { _ in
            .work { writer in
                try await Task.sleep(for: .milliseconds(300))
                writer.respond(Response(.ok, ["Content-Type": "text/plain"], text: "c 3\n"))
            }
        }
        let work = try await Work([one.target(), other.target()])
        #expect(await work.comesToShow([Self.sample, #"b{instance="i",job="j"} 2"#]))
        let isOver = Locked(false)
        let watching = Task {
            var shown: Set<[String]> = []
            while !isOver.withLock({ $0 }) {
                shown.insert(try work.shown() + work.federation.waitingFor)
                try await Task.sleep(for: .milliseconds(2))
            }
            return shown
        }
        try await work.gatherer.adopt([third.target(), one.target()])
        let after = [Self.sample, #"c{instance="i",job="j"} 3"#]
        #expect(await work.comesToShow(after))
        let asked = other.requests
        let goesOn = await eventually { work.gatherer.board.statuses.allSatisfy { $0.scrapes > 3 } }
        #expect(goesOn)
        isOver.withLock { $0 = true }
        #expect(try await watching.value == [[Self.sample, #"b{instance="i",job="j"} 2"#], after])
        #expect(other.requests <= asked + 1)
        #expect(try work.shown("up").count == 1)
        await work.end()
    }

    @Test func aTargetThatAsksForATokenIsShownIt() async throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write("first\n", to: "token")
        let target = try ScriptedTarget { request in
            let token = (try? Secret(file: file).reveal()) ?? ""
            guard request.fields.combined("Authorization") == "Bearer \(token)" else {
                return .response(Response(.unauthorized, text: "who?"))
            }
            return .text("a 1\n")
        }
        var asked = target.target()
        asked.token = Secret(file: file)
        let work = try await Work([asked])
        #expect(await work.comesToShow([Self.sample]))
        try directory.write("second\n", to: "token")
        let before = work.gatherer.board.statuses[0].scrapes
        let goesOn = await eventually { work.gatherer.board.statuses[0].scrapes > before + 2 }
        #expect(goesOn)
        #expect(await work.comesToShow([Self.sample]))
        try directory.write("", to: "token")
        #expect(await work.comesToShow([]))
        #expect(work.gatherer.board.statuses[0].errors.keys.contains { ["token", "status"].contains($0) })
        await work.end()
    }
}
