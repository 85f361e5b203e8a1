import Foundation
import TestSupport
import Testing

@testable import HTTPClient

/// Against a server that others wrote.
struct NginxTests {
    private let nginx: Nginx
    private let client: HTTPClient

    init() async throws {
        nginx = try await Nginx()
        client = try HTTPClient()
    }

    private func plain(_ path: String) throws -> HTTPClient.Request {
        try HTTPClient.Request(.get, "http://127.0.0.1:\(nginx.plainPort)\(path)")
    }

    private func secure(
        _ path: String, port: UInt16? = nil, host: String = "127.0.0.1",
        _ change: (inout HTTPClient.TLS) -> Void = { _ in }
    ) throws -> HTTPClient.Request {
        var request = try HTTPClient.Request(.get, "https://\(host):\(port ?? nginx.tlsPort)\(path)")
        request.transport.tls.authorities = nginx.authorities
        change(&request.transport.tls)
        return request
    }

    @Test func gzipIsDecodedAndCounted() async throws {
        let response = try await client.send(plain("/text.json"))
        #expect(response.fields["content-encoding"] == "gzip")
        #expect(try await response.body.collect(upTo: Nginx.textCount).count == Nginx.textCount)
        let summary = try #require(response.body.summary)
        #expect(summary.decodedBytes == Nginx.textCount)
        #expect(summary.wireBytes < Nginx.textCount / 10)
    }

    @Test func gzipIsNotForcedOnAnyone() async throws {
        var request = try plain("/text.json")
        request.gzip = false
        let response = try await client.send(request)
        #expect(response.fields["content-encoding"] == nil)
        #expect(try await response.body.collect(upTo: Nginx.textCount).count == Nginx.textCount)
    }

    @Test func limitIsOfDecodedBytes() async throws {
        var request = try plain("/text.json")
        request.limit = Nginx.textCount
        #expect(await outcome(client, request) == nil)
        request.limit = Nginx.textCount - 1
        #expect(await outcome(client, request)?.kind == .tooLarge)
    }

    @Test func unchangedIsNotSentAgain() async throws {
        var request = try plain("/text.json")
        request.gzip = false
        let tag = try #require(try await client.send(request).fields["etag"])
        let again = try HTTPClient.Request(
            .get, "http://127.0.0.1:\(nginx.plainPort)/text.json", fields: ["If-None-Match": tag])
        let response = try await client.send(again)
        #expect(response.status == 304)
        #expect(try await response.body.collect(upTo: 0) == [])
    }

    @Test func unixSocketServes() async throws {
        var request = try HTTPClient.Request(.get, "http://slurmrestd/text.json")
        request.transport = HTTPClient.Transport(unixSocket: nginx.socket)
        for isReused in [false, true] {
            let response = try await client.send(request)
            #expect(try await response.body.collect(upTo: Nginx.textCount).count == Nginx.textCount)
            #expect(response.reusedConnection == isReused)
        }
    }

    @Test(arguments: [true, false]) func http2IsUsedWhereItIsOffered(offered: Bool) async throws {
        var request = try secure("/text.json")
        request.transport.http2 = offered
        let response = try await client.send(request)
        #expect(response.version == (offered ? .http2 : .http11))
        #expect(try await response.body.collect(upTo: Nginx.textCount).count == Nginx.textCount)
        #expect(response.body.summary?.secured != nil)
    }

    @Test func pausedHttp2TransferHoldsUpNoOther() async throws {
        try nginx.makeFile("large", megabytes: 60)
        let paused = try await client.send(secure("/large"))
        #expect(paused.version == .http2)
        #expect(try await paused.body.next() != nil)
        try await Task.sleep(for: .milliseconds(200))
        for _ in 0..<20 {
            var request = try secure("/text.json")
            request.deadlines.total = .seconds(20)
            #expect(await outcome(client, request) == nil)
        }
        var rest = 0
        while let chunk = try await paused.body.next() { rest += chunk.count }
        #expect(rest > 50 << 20)
    }

    @Test(arguments: [true, false]) func largeBodiesArriveWhole(http2: Bool) async throws {
        try nginx.makeFile("large", megabytes: 60)
        var request = try secure("/large")
        request.transport.http2 = http2
        var count = 0
        let body = try await client.send(request).body
        while let chunk = try await body.next() {
            count += chunk.count
            if count % 7 == 0 { try await Task.sleep(for: .milliseconds(1)) }
        }
        #expect(count == 60 << 20)
    }

    @Test func unknownAuthorityIsRefused() async throws {
        let error = await outcome(client, try secure("/text.json") { $0.authorities = nil })
        #expect(error?.kind == .tls)
    }

    @Test func certificateOfAnotherHostIsRefused() async throws {
        #expect(await outcome(client, try secure("/text.json", host: "localhost"))?.kind == .tls)
    }

    @Test func verificationCanBeSwitchedOff() async throws {
        let request = try secure("/text.json", host: "localhost") {
            $0.authorities = nil
            $0.verifies = false
        }
        #expect(await outcome(client, request) == nil)
        // A connection that verified nothing serves nobody who wants to be sure.
        #expect(await outcome(client, try secure("/text.json", host: "localhost"))?.kind == .tls)
    }

    @Test func missingAuthoritiesAreATlsError() async throws {
        #expect(await outcome(client, try secure("/text.json") { $0.authorities = "/nowhere.pem" })?.kind == .tls)
    }

    @Test func clientCertificateIsShown() async throws {
        let request = try secure("/text.json", port: nginx.mutualPort) {
            $0.certificate = nginx.directory.path("client.pem")
            $0.key = nginx.directory.path("client.key")
        }
        let response = try await client.send(request)
        #expect(response.status == 200)
        _ = try await response.body.collect(upTo: Nginx.textCount)
        let nobody = try await client.send(secure("/text.json", port: nginx.mutualPort))
        #expect(nobody.status == 400)
    }

    @Test func missingClientKeyIsATlsError() async throws {
        let request = try secure("/text.json", port: nginx.mutualPort) {
            $0.certificate = nginx.directory.path("client.pem")
            $0.key = "/nowhere.key"
        }
        #expect(await outcome(client, request)?.kind == .tls)
    }

    @Test func postsKeepTheirConnection() async throws {
        for number in 0..<20 {
            let response = try await client.send(
                HTTPClient.Request(
                    .post, "http://127.0.0.1:\(nginx.plainPort)/post", body: Array("beat \(number)".utf8)))
            #expect(try await response.body.collect(upTo: 10) == Array("posted".utf8))
            #expect(response.reusedConnection == (number > 0))
        }
    }
}
