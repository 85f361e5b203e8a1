extension HTTPClient {
    /// How a peer is reached. Requests that agree on all of it share connections.
    public struct Transport: Hashable, Sendable {
        /// The path of a socket to connect to instead of the URL's host and port.
        public var unixSocket: String?
        /// The URL of a proxy. The proxies of the environment (http_proxy and so on) never apply by themselves.
        public var proxy: String?
        /// Whether the connection may serve a further request.
        public var keepAlive = true
        /// Whether HTTP/2 is offered over TLS. Transfers don't share a connection even then: one that is paused
        /// would hold up the others.
        public var http2 = true
        public var tls = TLS()

        public init() {}

        public init(unixSocket: String) {
            self.unixSocket = unixSocket
        }
    }

    /// TLS 1.2 and later.
    public struct TLS: Hashable, Sendable {
        /// PEM file of the authorities to trust instead of the system's.
        public var authorities: String?
        /// PEM file of our certificate and its chain.
        public var certificate: String?
        /// PEM file of its key; nil where the certificate's file has it.
        public var key: String?
        /// Whether the peer has to prove that it is the host of the URL. False trusts anyone.
        public var verifies = true

        public init(
            authorities: String? = nil, certificate: String? = nil, key: String? = nil, verifies: Bool = true
        ) {
            self.authorities = authorities
            self.certificate = certificate
            self.key = key
            self.verifies = verifies
        }
    }
}

extension HTTPClient.Transport {
    /// What makes it unusable, in words.
    var flaw: String? {
        let strings = [unixSocket, proxy, tls.authorities, tls.certificate, tls.key].compactMap(\.self)
        if strings.contains(where: { $0.isEmpty || $0.utf8.contains(0) }) {
            return "a path or proxy is empty or has a NUL"
        }
        if let unixSocket, unixSocket.utf8.count > Self.longestSocketPath {
            return "the socket's path is longer than \(Self.longestSocketPath) bytes"
        }
        return nil
    }

    /// unix(7): sun_path has 108 bytes with the NUL.
    private static let longestSocketPath = 107
}
