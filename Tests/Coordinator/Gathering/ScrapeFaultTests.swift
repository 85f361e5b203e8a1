import Compression
import Federation
import Gathering
import HTTP
import HTTPServer
import TestSupport
import Testing

import enum HTTPServer.Answer

/// What targets do wrong, and what is shown of them then.
struct ScrapeFaultTests {
    private static let sample = #"a{instance="i",job="j"} 1"#

    @Test(arguments: [
        "status", "not found", "no content", "redirect", "reset", "nobody", "hang", "broken first line", "broken line",
        "broken last line", "no UTF-8", "page", "no end", "protobuf", "garbled", "cut gzip",
        "unknown coding",
        "too large", "too large when decompressed", "short",
    ])
    func failsAScrapeAsAWhole(_ fault: String) async throws {
        let target = try ScriptedTarget("a 1\n")
        let work = try await GathererAtWork([target.target(timeout: .seconds(2), limit: 10_000)])
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
        let work = try await GathererAtWork([
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

    @Test func theLogNamesEachTargetThatFailsAndNoSecret() async throws {
        let target = try ScriptedTarget { _ in Self.answer("status") }
        let names = (0..<8).map { "http://\(target.address)/metrics/\($0)" }
        let log = CollectedLog()
        let work = try await GathererAtWork(
            names.map { name in
                let url = name.replacing("://", with: "://user:secret@") + "?key=hidden&match[]={a=\"hidden\"}"
                return StaticTarget(url: url, interval: .milliseconds(100))
            }, log: log)
        let areNamed = await eventually {
            names.allSatisfy { name in
                log.lines.contains { $0.contains("scrape failed") && $0.contains(name + "?key=…&match[]=…") }
            }
        }
        #expect(areNamed, "\(log.lines)")
        #expect(!log.lines.contains { $0.contains("secret") || $0.contains("hidden") || $0.contains("user:") })
        await work.end()
    }

    @Test func oneThatHangsAtTheStartHoldsNobodyBackForLong() async throws {
        let (good, hanging) = (try ScriptedTarget("a 1\n"), try ScriptedTarget { _ in Self.answer("hang") })
        let start = ContinuousClock.now
        let work = try await GathererAtWork([
            good.target(), hanging.target(labels: ["instance": "k"], timeout: .seconds(60)),
        ])
        #expect(work.federation.waitingFor.contains("target 1 (\(hanging.address))"))
        let isWhole = await eventually { work.federation.waitingFor.isEmpty }
        #expect(isWhole)
        #expect(start.duration(to: .now) < .seconds(9))
        #expect(await work.comesToShow([Self.sample]))
        let areTold = try await eventually {
            try work.shown("up") == [#"up{instance="i",job="j"} 1"#, #"up{instance="k",job="j"} 0"#]
        }
        #expect(areTold)
        await work.end()
    }
}
