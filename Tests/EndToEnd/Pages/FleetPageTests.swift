import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// The coordinator's page in a real browser, over a fleet that really runs.
struct FleetPageTests {
    private func look(
        at address: String, width: Int = 1280, scheme: String = "light", _ body: (BrowserTab) async throws -> Void
    ) async throws {
        try await RunningBrowser.use { browser in
            let tab = try await BrowserTab("http://\(address)/", in: browser, width: width, scheme: scheme)
            try await body(tab)
        }
    }

    @Test func whoIsOnCallSeesTheWholeFleetAtOnce() async throws {
        let simulator = try await RunningSimulator(nodes: 40, jobs: 150)
        let fleet = try await RunningFleet(of: simulator, shards: 2)
        try await fleet.settles()
        try await look(at: fleet.address) { tab in
            try await tab.shows("All is well", in: "#verdict")
            try await tab.shows("this coordinator", in: "#facts")
            try await tab.shows("100 %", in: "#facts")
            let status = try await fleet.status()
            for shard in status.shards { try await tab.shows(shard.id, in: "table[aria-label=Shards]") }
            for slice in status.slices { try await tab.shows("\(slice.owner ?? "")", in: "table[aria-label=Slices]") }
            for text in ["closed", "%", "ms", "B"] { try await tab.shows(text, in: "table[aria-label=Upstreams]") }
            try await tab.shows("idle", in: "figure")
            #expect(try await tab.value(of: "document.querySelectorAll('figure svg path[d^=M]').length > 3") == "true")
            #expect(tab.errors.isEmpty, "\(tab.errors)")
        }
    }

    @Test(arguments: [390, 1280], ["light", "dark"])
    func everyWindowHoldsIt(width: Int, scheme: String) async throws {
        let coordinator = try await LoneCoordinator()
        try await look(at: coordinator.address, width: width, scheme: scheme) { tab in
            try await tab.shows("target", in: "#sections")
            #expect(try await tab.isNoWiderThanItsWindow())
            let nodes = try await tab.accessibleNodes()
            for role in ["table", "rowheader", "cell", "navigation", "main"] {
                #expect(nodes.contains { $0.role == role }, "\(role)")
            }
            #expect(nodes.filter { ["link", "table", "image"].contains($0.role) }.allSatisfy { !$0.name.isEmpty })
            #expect(tab.errors.isEmpty, "\(tab.errors)")
        }
    }

    @Test func whatChangesIsShownWithoutAReload() async throws {
        let simulator = try await RunningSimulator.small()
        let fleet = try await RunningFleet(of: simulator, shards: 2)
        try await fleet.settles()
        try await look(at: fleet.address) { tab in
            try await tab.shows("All is well", in: "#verdict")
            _ = try await tab.value(of: "window.isTheSame = true")
            try fleet.start("late")
            try await tab.shows("late", in: "table[aria-label=Shards]")
            let asking = try #require(try await fleet.status().upstreams.first?.owner)
            fleet.kill(asking)
            try await tab.shows("\(asking) is lost", in: "#problems")
            // Stays open, however often the page changes.
            _ = try await tab.value(of: "document.querySelector('#sections details').open = true")
            try await tab.shows("\(asking) was lost", in: "section[aria-labelledby=moves]")
            #expect(tab.errors.isEmpty, "\(tab.errors)")
            fleet.coordinator.send(SIGKILL)
            try await tab.shows("no answer from this coordinator since", in: "#answer")
            try await tab.shows("late", in: "table[aria-label=Shards]")
            let successor = try fleet.successor()
            defer { successor.send(SIGKILL) }
            try await tab.shows("live", in: "#answer")
            #expect(try await tab.value(of: "window.isTheSame") == "true")
        }
    }

    @Test func textsOfOthersAreNothingButText() async throws {
        let simulator = try await RunningSimulator.small()
        let fleet = try await RunningFleet(of: simulator, shards: 1)
        try await fleet.settles()
        var request = URLRequest(
            url: URL(string: "http://\(fleet.address)/api/v1/shards/foreign/heartbeat")!)
        request.httpMethod = "POST"
        request.httpBody = Data(
            """
            {"nonce": "1", "port": 1, "isReady": false, "isDraining": false, "refusals": [], \
            "problem": "<b>bold</b>", "slices": [], "upstreams": [], "unreachable": ["<img src=x onerror=alert(1)>"]}
            """.utf8)
        let beat = request
        #expect((try await URLSession.shared.data(for: beat).1 as? HTTPURLResponse)?.statusCode == 200)
        // Who falls silent has no problem any more.
        let beats = Repetition {
            _ = try await URLSession.shared.data(for: beat)
            try await Task.sleep(for: .milliseconds(300))
        }
        defer { beats.end() }
        try await look(at: fleet.address) { tab in
            try await tab.shows("<b>bold</b>", in: "#sections")
            try await tab.shows("<b>bold</b>", in: "#problems")
            try await tab.shows("<img src=x onerror=alert(1)>", in: "#problems")
            #expect(try await tab.value(of: "document.querySelectorAll('main img, main b, main script').length") == "0")
            #expect(tab.errors.isEmpty, "\(tab.errors)")
        }
    }

    @Test func nothingComesFromElsewhere() async throws {
        let coordinator = try await LoneCoordinator()
        for path in ["/", "/page/page.css", "/page/page.js", "/page/fleet.js", "/page/charts.js", "/page/icon.svg"] {
            let (data, response) = try await URLSession.shared.data(
                from: URL(string: "http://\(coordinator.address)\(path)")!)
            let fields = try #require((response as? HTTPURLResponse)?.allHeaderFields as? [String: String])
            let policy = fields.first { $0.key.lowercased() == "content-security-policy" }?.value ?? ""
            #expect(policy.hasPrefix("default-src 'none'") && !policy.contains("unsafe"), "\(path)")
            let text = String(decoding: data, as: UTF8.self).replacing("http://www.w3.org/2000/svg", with: "")
            #expect(!text.contains("http://") && !text.contains("https://"), "\(path)")
            #expect(!text.contains("<script>") && !text.contains(" style=") && !text.contains("onclick"), "\(path)")
        }
    }
}

/// A coordinator that shows static targets only.
private final class LoneCoordinator: Sendable {
    let address: String
    private let process: ChildProcess

    init() async throws {
        let port = try freePort()
        address = "127.0.0.1:\(port)"
        process = try ChildProcess(
            try builtProgram("slurm-coordinator"),
            ["--federate-only", "--listen", address, "--targets", "\(address),127.0.0.1:1", "--interval", "500ms"])
        let url = URL(string: "http://\(address)/health")!
        #expect(await eventually { (try? await URLSession.shared.data(from: url)) != nil })
    }
}
