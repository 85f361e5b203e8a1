import HTTP
import HTTPServer
import Locks
import TestSupport

/// A real server on a free port, and what it reported.
final class TestServer: Sendable {
    let server: HTTPServer
    private let reported: Reported

    init(
        on addresses: [String] = ["127.0.0.1:0"], limits: HTTPServer.Limits = .patient,
        _ routes: (inout Router) throws -> Void = { _ in }
    ) throws {
        var router = Router()
        try router.add(.get, "/") { _ in .response(Response(.ok, text: "hello")) }
        try router.add(.post, "/echo") { .response(Response(.ok, body: $0.body)) }
        try routes(&router)
        let reported = Reported()
        let parsed = try addresses.map { try ListenAddress($0) }
        server = try HTTPServer(on: parsed, limits: limits, responder: router) { reported.add($0) }
        self.reported = reported
    }

    var events: [HTTPServer.Event] { reported.all }

    var port: UInt16 { server.addresses[0].port ?? 0 }

    func client(receiveBuffer: Int32? = nil) throws -> RawClient {
        try RawClient(.ipv4(port: port), receiveBuffer: receiveBuffer, of: self)
    }

    /// One request on a connection of its own.
    func response(to request: String, hasBody: Bool = true) async throws -> RawClient.Response {
        let client = try client()
        try await client.send(request)
        return try await client.response(hasBody: hasBody)
    }
}

private final class Reported: Sendable {
    private let events = Locked<[HTTPServer.Event]>([])

    var all: [HTTPServer.Event] { events.withLock { $0 } }

    func add(_ event: HTTPServer.Event) {
        events.withLock { $0.append(event) }
    }
}

extension HTTPServer.Limits {
    /// Times that no test reaches, however busy the machine.
    static let patient: HTTPServer.Limits = {
        var limits = HTTPServer.Limits()
        limits.headTime = .seconds(600)
        limits.bodyTime = .seconds(600)
        limits.idleTime = .seconds(600)
        limits.stallTime = .seconds(600)
        limits.workTime = .seconds(600)
        return limits
    }()
}

func get(_ target: String, _ fields: String...) -> String {
    "GET \(target) HTTP/1.1\r\nHost: a\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n"
}
