public import Configuration
import HTTP
public import HTTPServer

/// Where a program listens, and what its clients can cost it.
public struct WebSettings: Sendable {
    public var listen: [ListenAddress]
    public var unixSocketMode = 0o660
    public var isLifecycleEnabled = false
    public var maxConnections: Int
    public var maxRequestsInFlight: Int
    public var headerTimeout: Duration
    public var idleTimeout: Duration
    public var stallTimeout: Duration
    public var requestTimeout: Duration
    public var maxHeaderSize: ByteSize
    public var shutdownTimeout = Duration.seconds(10)

    public init(listen: [ListenAddress]) {
        let limits = HTTPServer.Limits()
        self.listen = listen
        maxConnections = limits.connections
        maxRequestsInFlight = limits.works
        headerTimeout = limits.headTime
        idleTimeout = limits.idleTime
        stallTimeout = limits.stallTime
        requestTimeout = limits.workTime
        maxHeaderSize = ByteSize(bytes: limits.request.fieldBytes)
    }

    public var limits: HTTPServer.Limits {
        var limits = HTTPServer.Limits()
        limits.connections = maxConnections
        limits.works = maxRequestsInFlight
        limits.headTime = headerTimeout
        limits.idleTime = idleTimeout
        limits.stallTime = stallTimeout
        limits.workTime = requestTimeout
        limits.request.fieldBytes = maxHeaderSize.bytes
        return limits
    }
}

extension Section where Root: Sendable {
    /// The keys under `web`.
    public static func web(_ settings: any WritableKeyPath<Root, WebSettings> & Sendable) -> Section {
        Section("web", settings, "Where to listen, and what clients can cost at most.") {
            Setting(
                "listen", \.listen, .list(of: .listenAddress), "Addresses to listen on.", flag: "web.listen-address")
            Setting(
                "unix_socket_mode", \.unixSocketMode, .fileMode, "Permissions of the files of unix sockets, in octal.")
            Setting(
                "enable_lifecycle", \.isLifecycleEnabled, .boolean,
                "Whether POST /-/reload is open to every client that can connect.")
            Setting(
                "max_connections", \.maxConnections, .integer(in: 1...1_000_000),
                "Open connections; one more is answered with 503.")
            Setting(
                "max_requests_in_flight", \.maxRequestsInFlight, .integer(in: 1...100_000),
                "Answers that are being worked on; one more is answered with 503.")
            Setting(
                "header_timeout", \.headerTimeout, .duration(in: .milliseconds(1)...),
                "From the first byte of a request to the end of its header; 408 after that.")
            Setting(
                "idle_timeout", \.idleTimeout, .duration(in: .milliseconds(1)...),
                "How long a connection may wait for its next request before it is closed.")
            Setting(
                "stall_timeout", \.stallTimeout, .duration(in: .milliseconds(1)...),
                "How long a client may take nothing of its answer before its connection is reset.")
            Setting(
                "request_timeout", \.requestTimeout, .duration(in: .milliseconds(1)...),
                "How long an answer may take; a scraper's own, shorter timeout comes first. 503 after that.")
            Setting(
                "max_header_size", \.maxHeaderSize, .byteSize(in: ByteSize(bytes: 1024)...ByteSize(bytes: 1 << 20)),
                "Bytes of all header lines of a request; 431 above.")
            Setting(
                "shutdown_timeout", \.shutdownTimeout, .duration,
                "How long requests that are begun may go on once the program is told to stop.")
        }
    }
}

extension ValueType where Value == ListenAddress {
    public static var listenAddress: ValueType<ListenAddress> {
        .text("listen address", allowed: "an address such as :9341, 127.0.0.1:9341, [::1]:9341 or unix:/run/shard.sock")
        {
            text throws(Rejection) in
            do throws(ListenAddressError) { return try ListenAddress(text) } catch {
                throw Rejection("is no listen address: \(error)")
            }
        } write: {
            $0.description
        }
    }
}

extension ValueType where Value == Int {
    /// Permissions as chmod(1) takes them.
    static var fileMode: ValueType<Int> {
        .text("file mode", allowed: "permissions in octal, such as 0660", pattern: "0?[0-7]{3}") {
            text throws(Rejection) in
            Int(text, radix: 8).flatMap { (0...0o777).contains($0) ? $0 : nil }
        } write: {
            "0" + String($0, radix: 8)
        }
    }
}
