import Foundation
import TestSupport
import Testing

/// A page in a browser.
struct BrowserTab {
    private let browser: RunningBrowser
    private let session: String

    /// - Parameters:
    ///   - width: of the window, in CSS pixels.
    ///   - scheme: `light` or `dark`.
    init(_ url: String, in browser: RunningBrowser, width: Int = 1280, scheme: String = "light") async throws {
        self.browser = browser
        let target = try await browser.send("Target.createTarget", ["url": "about:blank"]).targetId ?? ""
        session =
            try await browser.send("Target.attachToTarget", ["targetId": target, "flatten": true]).sessionId ?? ""
        for domain in ["Runtime", "Log", "Page"] { try await send("\(domain).enable") }
        try await send(
            "Emulation.setDeviceMetricsOverride",
            ["width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600])
        let features = [["name": "prefers-color-scheme", "value": scheme]]
        try await send("Emulation.setEmulatedMedia", ["features": features])
        try await send("Page.navigate", ["url": url])
    }

    @discardableResult
    private func send(_ method: String, _ parameters: [String: any Sendable] = [:]) async throws
        -> RunningBrowser.Message.Outcome
    {
        try await browser.send(method, parameters, to: session)
    }

    /// What an expression of JavaScript comes to, as text.
    func value(of expression: String) async throws -> String {
        let outcome = try await send(
            "Runtime.evaluate", ["expression": "String(\(expression))", "returnByValue": true])
        if let problem = outcome.exceptionDetails { throw RunningBrowser.Failed(reason: "\(expression): \(problem)") }
        return outcome.result?.value ?? ""
    }

    /// The text of what a selector finds first, as people see it; empty where it finds nothing.
    func text(_ selector: String) async throws -> String {
        let text = try await value(of: "document.querySelector('\(selector)')?.innerText ?? ''")
        return text.replacing("\u{A0}", with: " ")
    }

    /// Waits until a text is there to be read.
    func shows(
        _ text: String, in selector: String = "body", within limit: Duration = .seconds(60),
        _ location: SourceLocation = #_sourceLocation
    ) async throws {
        var last = ""
        let isShown = try await eventually(within: limit) {
            last = try await self.text(selector)
            return last.contains(text)
        }
        #expect(isShown, "'\(text)' in: \(last.prefix(3000))", sourceLocation: location)
    }

    /// Errors in the console, those of the network among them, and what was thrown.
    var errors: [String] {
        browser.messages.filter { $0.sessionId == session }.compactMap { message in
            switch message.method {
            case "Runtime.exceptionThrown": "thrown: \(message.params?.exceptionDetails?.text ?? "")"
            case "Runtime.consoleAPICalled" where message.params?.type == "error": "an error was written"
            case "Log.entryAdded" where message.params?.entry?.level == "error": message.params?.entry?.text
            default: nil
            }
        }
    }

    /// What those hear who don't see: role and name of everything.
    func accessibleNodes() async throws -> [(role: String, name: String)] {
        try await send("Accessibility.enable")
        let nodes = try await send("Accessibility.getFullAXTree").nodes ?? []
        return nodes.map { ($0.role?.value ?? "", $0.name?.value ?? "") }
    }

    func isNoWiderThanItsWindow() async throws -> Bool {
        try await value(of: "document.documentElement.scrollWidth <= window.innerWidth") == "true"
    }
}
