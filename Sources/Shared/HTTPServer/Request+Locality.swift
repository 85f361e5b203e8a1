import HTTP

extension Request {
    /// Whether somebody on this host asks, on their own account: not a proxy that passes on what others ask, and not a
    /// browser that a foreign page has sent here under a name of its own (DNS rebinding).
    public var isFromThisHost: Bool {
        peer.isLoopback && !Self.marksOfProxies.contains { fields.combined($0) != nil } && namesThisHost
    }

    private static let marksOfProxies = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"]

    private var namesThisHost: Bool {
        guard let authority = fields.combined("Host"), !authority.isEmpty else { return true }
        let port = authority.lastIndex(of: ":").flatMap { authority[$0...].contains("]") ? nil : $0 }
        let host = authority[..<(port ?? authority.endIndex)].lowercased()
        if host == "localhost" || host.hasSuffix(".localhost") { return true }
        return SocketAddress(host: host.trimmingBrackets, port: 0)?.isLoopback ?? false
    }
}

extension String {
    fileprivate var trimmingBrackets: String {
        hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : self
    }
}
