import Testing

@testable import HTTPClient

struct RequestTests {
    @Test(arguments: [
        "", "/", "host", "ftp://host/", "file:///etc/passwd", "http:/host/", "http:///host/", "http://", "http://?x",
        "http://ho st/", "http://host/a b", "http://host/\r\nX: y", "http://host/\u{0}", "http://hö.st/",
        "http://host:x/",
        "http://host:99999/", "http://@/", " http://host/", "gopher://host/", "http:host", "https://[::1/",
    ])
    func refusesUrlsThatAreNotWhole(url: String) {
        #expect(kind(try HTTPClient.Request(.get, url)) == .invalidRequest)
    }

    @Test(arguments: [
        "http://host", "HTTP://host/", "https://host:8443/a/b?c=d", "http://[::1]:80/", "http://127.0.0.1/%20",
        "http://user:word@host/",
    ])
    func takesAbsoluteUrls(url: String) throws {
        _ = try HTTPClient.Request(.get, url)
    }

    @Test(arguments: [
        ("", "x"), ("a b", "x"), ("a:", "x"), ("a\r\nb", "x"), ("ä", "x"), ("a", "x\r\ny: z"), ("a", "x\ny"),
        ("a", "\r"),
        ("a", "x\u{0}"), ("a;", ""), ("Content-Length", "5"), ("transfer-encoding", "chunked"), ("EXPECT", "x"),
        ("Connection", "upgrade"),
    ])
    func refusesFieldsThatWouldReframeTheMessage(name: String, value: String) {
        #expect(kind(try HTTPClient.Request(.get, "http://host/", fields: [(name, value)])) == .invalidRequest)
    }

    @Test func takesOrdinaryFields() throws {
        let request = try HTTPClient.Request(
            .get, "http://host/", fields: ["X-SLURM-USER-NAME": "jörg", "If-None-Match": "\"7\"", "A": ""])
        #expect(request.fields["x-slurm-user-name"] == "jörg")
        #expect(request.fields.count == 3)
    }

    @Test(arguments: [
        HTTPClient.Transport(unixSocket: ""), HTTPClient.Transport(unixSocket: "/a\u{0}b"),
        HTTPClient.Transport(unixSocket: "/" + String(repeating: "a", count: 107)),
    ])
    func unusablePathsAreRefusedBeforeAnythingIsSent(transport: HTTPClient.Transport) async throws {
        var request = try HTTPClient.Request(.get, "http://host/")
        request.transport = transport
        let client = try HTTPClient()
        let error = await #expect(throws: HTTPClientError.self) { try await client.send(request) }
        #expect(error?.kind == .invalidRequest)
    }

    @Test func descriptionsHaveNoSecrets() throws {
        let request = try HTTPClient.Request(
            .post, "http://me:hunter2@host:1/path?token=hunter2#hunter2",
            fields: ["X-SLURM-USER-TOKEN": "hunter2", "Authorization": "Bearer hunter2"], body: Array("hunter2".utf8))
        var dumped = ""
        dump(request, to: &dumped)
        dump(request.fields, to: &dumped)
        dump([request.fields[0]], to: &dumped)
        let texts = [
            "\(request)", String(reflecting: request), "\([request])", "\(request.fields)",
            String(reflecting: request.fields), "\(request.fields[0])", "\(Array(request.fields))", dumped,
        ]
        for text in texts { #expect(!text.contains("hunter2"), "\(text)") }
        #expect("\(request)" == "POST http://host:1/path")
    }

    @Test(arguments: ["http://me:hunter2@ho st/", "http://me:hunter2@host:x/", "http://me:hunter2@/"])
    func refusalsHaveNoSecrets(url: String) {
        do {
            _ = try HTTPClient.Request(.get, url)
            Issue.record("not refused")
        } catch {
            #expect(!"\(error)\(String(reflecting: error))".contains("hunter2"))
        }
    }

    @Test func nothingWaitsOrGrowsForEverByDefault() throws {
        let request = try HTTPClient.Request(.get, "http://host/")
        #expect(request.deadlines.connect == .seconds(10))
        #expect(request.deadlines.stall == .seconds(30))
        #expect(request.deadlines.total == .seconds(300))
        #expect(request.limit == 64 << 20)
    }

    @Test func refusedFieldHasNoSecret() {
        do {
            _ = try HTTPClient.Request(.get, "http://host/", fields: ["Authorization": "hunter2\r\n"])
            Issue.record("not refused")
        } catch {
            #expect("\(error)" == "GET http://host/: the value of Authorization has a control character")
        }
    }
}

/// What kind of error it throws.
func kind<Value>(_ body: @autoclosure () throws -> Value) -> HTTPClientError.Kind? {
    do {
        _ = try body()
        return nil
    } catch {
        return (error as? HTTPClientError)?.kind
    }
}

/// What kind of error a request ends with, in its head or in its body.
func outcome(_ client: HTTPClient, _ request: HTTPClient.Request) async -> HTTPClientError? {
    do {
        let body = try await client.send(request).body
        while try await body.next() != nil {}
        return nil
    } catch {
        return error
    }
}
