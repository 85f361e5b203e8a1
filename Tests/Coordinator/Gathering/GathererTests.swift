import Configuration
import FederatedSeries
import Federation
import Foundation
import Gathering
import HTTP
import HTTPServer
import Locks
import Metrics
import Selectors
import ServiceRuntime
import TestSupport
import Testing

struct GathererTests {
    private static let sample = #"a{instance="i",job="j"} 1"#

    @Test func showsWhatTargetsSayAndHowTheyStand() async throws {
        let (one, other) = (try ScriptedTarget("a 1\n"), try ScriptedTarget("a 2\nb 3\n"))
        let work = try await GathererAtWork([one.target(), other.target(labels: ["instance": "k"])])
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

    @Test func samplesComeAndGoWithWhatIsSaidOfTheirTarget() async throws {
        let target = try ScriptedTarget("a 1\n")
        let work = try await GathererAtWork([target.target()])
        #expect(await work.comesToShow([Self.sample]))
        let (there, gone) = ([Self.sample, #"up{instance="i",job="j"} 1"#], [#"up{instance="i",job="j"} 0"#])
        for round in 1...20 {
            let fails = round % 2 == 1
            target.say { _ in fails ? .response(Response(.serviceUnavailable)) : .text("a 1\n") }
            var shown: [String]
            repeat {
                await Task.yield()
                shown = try work.shown("{__name__=~'a|up'}")
                try #require(shown == there || shown == gone)
            } while shown != (fails ? gone : there)
        }
        await work.end()
    }

    @Test func whatDoesNotChangeIsNotReadAgain() async throws {
        let target = try ScriptedTarget("a 1\n")
        let work = try await GathererAtWork([target.target()])
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
        let work = try await GathererAtWork([target.target(limit: 8 << 20)])
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
        let work = try await GathererAtWork([target.target()])
        let isUnchanged = await eventually { work.gatherer.board.statuses[0].unchanged > 3 }
        #expect(isUnchanged)
        #expect(try work.shown() == [Self.sample])
        #expect(work.gatherer.board.statuses[0].samples == 1)
        await work.end()
    }

    /// With the very URL that the documents tell.
    @Test(arguments: [
        "docs/coordinator-configuration.md", "deploy/prometheus/scrape/regions.yml",
        "deploy/k8s/overlays/regions/coordinator.yaml",
    ])
    func regionsMakeATree(_ document: String) async throws {
        let document = try String(contentsOfFile: "\(Self.root)/\(document)", encoding: .utf8)
        let path = try #require(document.firstMatch(of: #/http://[^/\s]+(/federate\?[^`\s]+)/#)).output.1
        let exporter = try ScriptedTarget("# HELP a What.\n# TYPE a counter\na{instance=\"own\"} 1\nb 2\n")
        let region = try await GathererAtWork([exporter.target(honorsLabels: true)])
        var router = Router()
        router.add(region.federation)
        let server = try HTTPServer(on: [.exactly(.ipv4(0x7F00_0001, port: 0))], responder: router)
        let url = "http://127.0.0.1:\(server.addresses[0].port!)\(path)"
        let world = try await GathererAtWork([StaticTarget(url: url, interval: .milliseconds(100), honorsLabels: true)])
        #expect(await world.comesToShow([#"a{instance="own",job="j"} 1"#, #"b{instance="i",job="j"} 2"#]))
        await world.end()
        await region.end()
        _ = server
    }

    private static let root = String(#filePath.prefix(upTo: #filePath.range(of: "/Tests/")!.lowerBound))

    @Test func targetsOfOneHostHaveFiguresOfTheirOwn() async throws {
        func target(_ url: String, _ job: String? = nil) -> StaticTarget {
            StaticTarget(url: "http://127.0.0.1:1\(url)", labels: job.map { ["job": $0] } ?? [:])
        }
        let work = try await GathererAtWork([
            target("/a"), target("/b?x=1"), target("/c", "one"), target("/c?", "other"), target("/d?x=1"),
            target("/d?x=2"), StaticTarget(url: "http://user:secret@127.0.0.2:1/metrics"),
        ])
        let registry = MetricRegistry()
        work.gatherer.board.register(in: registry)
        let table = registry.tables().first { $0.family.name.text == "slurm_fleet_target_scrapes_total" }
        let names = table.map { table in table.rows.map { table.labels(at: $0)[0].value } }
        #expect(
            names?.sorted() == [
                "127.0.0.1:1/a", "127.0.0.1:1/b", "127.0.0.1:1/c one", "127.0.0.1:1/c other",
                "127.0.0.1:1/d federation #5", "127.0.0.1:1/d federation #6", "127.0.0.2:1",
            ])
        await work.end()
    }

    @Test func withTimestampsTheBoardIsAsNewAsTheScrapes() async throws {
        let target = try ScriptedTarget("a 1\n")
        let settings = AnswerSettings(writesTimestamps: true)
        let work = try await GathererAtWork([target.target()], settings)
        func times() throws -> [Int64] {
            var rendering = work.federation.generation.select([try Selector("{__name__=~'up|scrape_.*'}")])
                .rendering(.text, settings, now: WallClock.system.now.nanoseconds / 1_000_000)
            let text = String(decoding: rendering.next() ?? [], as: UTF8.self)
            return text.split(separator: "\n").filter { !$0.hasPrefix("#") }
                .compactMap { $0.split(separator: " ").last.flatMap { Int64($0) } }
        }
        let areThere = await eventually { (try? times())?.count == 2 }
        #expect(areThere)
        let before = try times()
        let goOn = await eventually { (try? zip(before, times()).allSatisfy { $0 < $1 }) == true }
        #expect(goOn)
        await work.end()
    }

    @Test func noTargetSaysWhetherAnotherIsUp() async throws {
        let liar = try ScriptedTarget("up{instance=\"i\",job=\"j\"} 7\na 1\n")
        let target = try ScriptedTarget("b 2\n")
        let work = try await GathererAtWork([
            liar.target(labels: ["instance": "k"], honorsLabels: true), target.target(),
        ])
        let up = [#"up{instance="i",job="j"} 1"#, #"up{instance="k",job="j"} 1"#]
        let isKnown = await eventually { (try? work.shown("up")) == up }
        #expect(isKnown, "\((try? work.shown("up")) ?? [])")
        await work.end()
    }

    @Test func followsAChangeOfFormat() async throws {
        let target = try ScriptedTarget("# TYPE a counter\na 1\n")
        let work = try await GathererAtWork([target.target()])
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
        let work = try await GathererAtWork([one.target(), other.target()])
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
        let work = try await GathererAtWork([asked])
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
