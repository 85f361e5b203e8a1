import HTTP
import ServiceRuntime
import TestSupport
import Testing

@Suite struct RouteTableTests {
    @Test(arguments: [
        ("/", "root", "/", [:]),
        ("/metrics", "metrics", "/metrics", [:]),
        ("/api/v1/shards", "shards", "/api/v1/shards", [:]),
        ("/api/v1/shards/s1", "shard", "/api/v1/shards/{id}", ["id": "s1"]),
        ("/api/v1/shards/self", "self", "/api/v1/shards/self", [:]),
        ("/api/v1/shards/self/drain", "drain", "/api/v1/shards/{id}/drain", ["id": "self"]),
        ("/api/v1/shards/a%2Fb/drain", "drain", "/api/v1/shards/{id}/drain", ["id": "a/b"]),
        ("/api/v1/shards/%7Bid%7D", "shard", "/api/v1/shards/{id}", ["id": "{id}"]),
        ("/feeds/c1/jobs", "feed", "/feeds/{cluster}/{feed}", ["cluster": "c1", "feed": "jobs"]),
        ("/%6Detrics", "metrics", "/metrics", [:]),
        ("/trailing/", "trailing", "/trailing/", [:]),
    ])
    func theMostSpecificRouteIsFound(
        path: String, handler: String, route: String, parameters: [String: String]
    ) throws {
        guard case .found(let found, let values, let label) = try table().match(.get, RequestPath(path)) else {
            Issue.record("\(path) has no route")
            return
        }
        #expect(found == handler)
        #expect(label == route)
        for (name, value) in parameters { #expect(values[name] == value) }
    }

    @Test(arguments: [
        "/metrics/", "//metrics", "/metrics/x", "/Metrics", "/trailing", "/api", "/api/v1/shards/",
        "/api/v1/shards//drain",
        "/feeds/c1", "/feeds/c1/jobs/x", "/feeds//jobs", "//", "/api/v1%2Fshards", "/x",
    ])
    func otherPathsAreNotFound(path: String) throws {
        guard case .notFound = try table().match(.get, RequestPath(path)) else {
            Issue.record("\(path) has a route")
            return
        }
    }

    @Test func headIsServedByGetUnlessItHasAHandler() throws {
        var table = try table()
        #expect(try handler(table, .head, "/metrics") == "metrics")
        try table.add(.head, "/metrics", "own")
        #expect(try handler(table, .head, "/metrics") == "own")
        #expect(try handler(table, .get, "/metrics") == "metrics")
        #expect(try handler(table, .head, "/api/v1/shards/s1/drain") == "drain")
    }

    @Test(arguments: [
        (HTTPMethod.put, "/metrics", "GET, HEAD, OPTIONS", "/metrics"),
        (.post, "/metrics", "GET, HEAD, OPTIONS", "/metrics"),
        (.get, "/-/reload", "OPTIONS, POST, PUT", "/-/reload"),
        (.head, "/-/reload", "OPTIONS, POST, PUT", "/-/reload"),
        (.delete, "/api/v1/shards/s1/drain", "GET, HEAD, OPTIONS, POST", "/api/v1/shards/{id}/drain"),
        (.trace, "/", "GET, HEAD, OPTIONS", "/"),
    ])
    func otherMethodsAreToldWhatIsAllowed(method: HTTPMethod, path: String, allow: String, route: String) throws {
        guard case .methodNotAllowed(allow, route) = try table().match(method, RequestPath(path)) else {
            Issue.record("\(method) \(path)")
            return
        }
        guard case .options(allow, route) = try table().match(.options, RequestPath(path)) else {
            Issue.record("OPTIONS \(path)")
            return
        }
    }

    @Test func aRouteCanDoWithoutHead() throws {
        var table = RouteTable<String>()
        try table.add(.get, "/federate", hasHead: false, "federate")
        guard case .methodNotAllowed("GET, OPTIONS", _) = try table.match(.head, RequestPath("/federate")),
            case .options("GET, OPTIONS", _) = try table.match(.options, RequestPath("/federate"))
        else {
            Issue.record("HEAD is taken, or told")
            return
        }
    }

    @Test func optionsCanHaveAHandler() throws {
        var table = try table()
        try table.add(.options, "/metrics", "own")
        #expect(try handler(table, .options, "/metrics") == "own")
        guard case .methodNotAllowed("GET, HEAD, OPTIONS", _) = try table.match(.put, RequestPath("/metrics")) else {
            Issue.record("PUT")
            return
        }
    }

    @Test func theMostSpecificPatternDecidesAboutTheMethods() throws {
        var table = RouteTable<String>()
        try table.add(.get, "/a/{x}", "parameter")
        try table.add(.post, "/a/b", "literal")
        #expect(try handler(table, .get, "/a/c") == "parameter")
        guard case .methodNotAllowed("OPTIONS, POST", "/a/b") = try table.match(.get, RequestPath("/a/b")) else {
            Issue.record("GET")
            return
        }
    }

    @Test(arguments: [
        ("/metrics", RouteError.duplicate(method: .get, "/metrics"), "route GET /metrics is there twice"),
        (
            "/api/v1/shards/{name}", .renamed("/api/v1/shards/{name}", existing: "/api/v1/shards/{id}"),
            "routes /api/v1/shards/{name} and /api/v1/shards/{id} differ only in parameter names"
        ),
        (
            "/{any}/c1/jobs", .ambiguous("/{any}/c1/jobs", existing: "/feeds/{cluster}/{feed}"),
            "routes /{any}/c1/jobs and /feeds/{cluster}/{feed} both match some paths"
        ),
        (
            "metrics", .invalidPattern("metrics", "does not start with a slash"),
            "route metrics: does not start with a slash"
        ),
        ("", .invalidPattern("", "does not start with a slash"), "route : does not start with a slash"),
        ("/a{b}", .invalidPattern("/a{b}", "segment \"a{b}\""), "route /a{b}: segment \"a{b}\""),
        ("/{}", .invalidPattern("/{}", "segment \"{}\""), "route /{}: segment \"{}\""),
        ("/{a}{b}", .invalidPattern("/{a}{b}", "segment \"{a}{b}\""), "route /{a}{b}: segment \"{a}{b}\""),
        ("/a/../b", .invalidPattern("/a/../b", "segment \"..\""), "route /a/../b: segment \"..\""),
        ("/a%20b", .invalidPattern("/a%20b", "segment \"a%20b\""), "route /a%20b: segment \"a%20b\""),
        (
            "/{a}/{a}", .invalidPattern("/{a}/{a}", "a parameter is named twice"),
            "route /{a}/{a}: a parameter is named twice"
        ),
    ])
    func mistakesAreRefused(pattern: String, error: RouteError, text: String) throws {
        var table = try table()
        #expect(throws: error) { try table.add(.get, pattern, "new") }
        #expect(error.description == text)
        #expect(try handler(table, .get, "/metrics") == "metrics", "the table is as it was")
    }

    @Test(arguments: 0..<50)
    func theTableAgreesWithTryingEveryPattern(seed: UInt64) throws {
        var random = SeededGenerator(seed: 2000 + seed)
        func path() -> [String] {
            (0..<Int.random(in: 1...4, using: &random)).map { _ in ["a", "b", "c"].randomElement(using: &random)! }
        }
        var table = RouteTable<String>()
        var patterns: [[String]] = []
        for _ in 0..<12 {
            let pattern = path().enumerated().map { Bool.random(using: &random) ? $1 : "{p\($0)}" }
            let text = "/" + pattern.joined(separator: "/")
            if (try? table.add(.get, text, text)) != nil { patterns.append(pattern) }
        }
        for _ in 0..<300 {
            let path = path()
            let matching = patterns.filter { pattern in
                pattern.count == path.count && zip(pattern, path).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
            }
            let best = matching.min { literals($0) > literals($1) }
            let text = "/" + path.joined(separator: "/")
            #expect(try handler(table, .get, text) == best.map { "/" + $0.joined(separator: "/") }, "\(text)")
        }
    }

    private func literals(_ pattern: [String]) -> Int {
        pattern.count { !$0.hasPrefix("{") }
    }

    private func handler(_ table: RouteTable<String>, _ method: HTTPMethod, _ path: String) throws -> String? {
        guard case .found(let handler, _, _) = try table.match(method, RequestPath(path)) else { return nil }
        return handler
    }

    private func table() throws -> RouteTable<String> {
        var table = RouteTable<String>()
        try table.add(.get, "/", "root")
        try table.add(.get, "/metrics", "metrics")
        try table.add(.get, "/api/v1/shards", "shards")
        try table.add(.get, "/api/v1/shards/{id}", "shard")
        try table.add(.get, "/api/v1/shards/self", "self")
        try table.add(.get, "/api/v1/shards/{id}/drain", "drain")
        try table.add(.post, "/api/v1/shards/{id}/drain", "drain it")
        try table.add(.get, "/feeds/{cluster}/{feed}", "feed")
        try table.add(.get, "/trailing/", "trailing")
        try table.add(.post, "/-/reload", "reload")
        try table.add(.put, "/-/reload", "reload")
        return table
    }
}
