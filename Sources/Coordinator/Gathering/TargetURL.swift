/// The parts of a target's URL.
struct TargetURL {
    private let scheme: Substring
    /// With the port; without user information, which is a secret.
    let host: String
    /// From the first slash on, if there is one.
    let path: String
    private let query: Substring?

    init(_ url: String) {
        let start = url.firstRange(of: "://")?.upperBound ?? url.startIndex
        let end = url[start...].firstIndex { "/?#".contains($0) } ?? url.endIndex
        let rest = url[end...].prefix { $0 != "#" }
        scheme = url[..<start]
        host = url[start..<end].split(separator: "@").last.map(String.init) ?? ""
        path = String(rest.prefix { $0 != "?" })
        query = rest.firstIndex(of: "?").map { rest[rest.index(after: $0)...] }
    }

    /// For logs: no values of the query either, which may be keys.
    var shown: String {
        let names = query.map { query in
            "?" + query.split(separator: "&").map { $0.prefix { $0 != "=" } + "=…" }.joined(separator: "&")
        }
        return scheme + host + path + (names ?? "")
    }
}
