import Foundation
import FoundationNetworking
import HTTP
import HTTPServer
import Locks
import TestSupport
import Testing

@testable import Pages

/// Pages and their documents over a real connection.
struct PageDocumentTests {
    private func get(_ server: HTTPServer, _ path: String, _ fields: [String: String] = [:]) async throws -> (
        status: Int, tag: String, body: String
    ) {
        var request = URLRequest(url: URL(string: "http://127.0.0.1:\(server.addresses[0].port!)\(path)")!)
        request.cachePolicy = .reloadIgnoringLocalCacheData
        for (name, value) in fields { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await URLSession.shared.data(for: request)
        let answer = try #require(response as? HTTPURLResponse)
        return (
            answer.statusCode, answer.value(forHTTPHeaderField: "ETag") ?? "", String(decoding: data, as: UTF8.self)
        )
    }

    @Test func howeverManyLookADocumentIsMadeOnceASecond() async throws {
        let made = Locked(0)
        let time = ManualClock()
        let document = PageDocument(clock: time.clock) {
            made.withLock {
                $0 += 1
                return ["made": $0]
            }
        }
        var router = Router()
        try router.addPage([PageFile("/", .html, Array("<p>".utf8))], documents: ["/page/state": document])
        let server = try HTTPServer(on: [.exactly(.ipv4(0x7F00_0001, port: 0))], responder: router)
        let first = try await get(server, "/page/state")
        #expect(first.body == #"{"made":1}"#)
        #expect(try await get(server, "/page/state").body == first.body)
        #expect(try await get(server, "/page/state", ["If-None-Match": first.tag]).status == 304)
        time.advance(by: .seconds(1))
        #expect(try await get(server, "/page/state", ["If-None-Match": first.tag]).body == #"{"made":2}"#)
        #expect(made.withLock { $0 } == 2)
        let page = try await get(server, "/")
        #expect(page.body == "<p>")
        #expect(try await get(server, "/", ["If-None-Match": page.tag]).status == 304)
        _ = await server.stop(within: .seconds(1))
    }
}
