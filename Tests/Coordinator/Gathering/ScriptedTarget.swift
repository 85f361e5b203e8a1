import Federation
import Gathering
import HTTP
import HTTPServer
import Locks

import enum HTTPServer.Answer

/// An exporter that answers as it is told to, and counts how often.
final class ScriptedTarget: Sendable {
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
    static func text(_ text: String, _ fields: HTTPFields = ["Content-Type": "text/plain"]) -> Answer {
        .response(Response(.ok, fields, body: Array(text.utf8)))
    }
}
