public import Configuration
import HTTP
import HTTPServer

extension Section where Root: Sendable {
    /// The keys under `web`.
    public static func web(_ settings: any WritableKeyPath<Root, WebSettings> & Sendable) -> Section {
        Section("web", settings, "Where to listen, and what clients can cost at most.") {
            Setting(
                "listen", \.listen, .list(of: .listenAddress), "Addresses to listen on.", flag: "web.listen-address")
            Check(\.listen) { $0.listen.isEmpty ? "names no address, so that nobody could connect" : nil }
            Check(\.listen) { Set($0.listen).count < $0.listen.count ? "names an address twice" : nil }
            Setting(
                "unix_socket_mode", \.unixSocketMode, .fileMode, "Permissions of the files of unix sockets, in octal.")
            Setting(
                "enable_lifecycle", \.isLifecycleEnabled, .boolean,
                "Whether POST /-/reload is open to every client that can connect.")
            Setting(
                "shutdown_timeout", \.shutdownTimeout, .duration,
                "How long requests that are begun may go on once the program is told to stop.")
            limits
        }
    }

    @SchemaBuilder<WebSettings> private static var limits: SchemaPart<WebSettings> {
        Setting(
            "max_connections", \.limits.connections, .integer(in: 1...1_000_000),
            "Open connections; beyond that the one that waits longest for its next request is closed.")
        Setting(
            "max_requests_in_flight", \.limits.works, .integer(in: 1...100_000),
            "Answers that are being worked on; one more is answered with 503.")
        Setting(
            "header_timeout", \.limits.headTime, .timeout,
            "From the first byte of a request to the end of its header; 408 after that.")
        Setting(
            "body_timeout", \.limits.bodyTime, .timeout,
            "From the end of the header to the end of the body; 408 after that.")
        Setting(
            "idle_timeout", \.limits.idleTime, .timeout,
            "How long a connection may wait for its next request before it is closed.")
        Setting(
            "stall_timeout", \.limits.stallTime, .timeout,
            "How long a client may take nothing of its answer before its connection is reset.")
        Setting(
            "request_timeout", \.limits.workTime, .timeout,
            "How long an answer may take; a scraper's own, shorter timeout comes first. 503 after that.")
        Setting(
            "max_request_line_size", \.limits.request.requestLine, .bytes(in: 256...1 << 20),
            "Bytes of the line with method and path; 414 above.")
        Setting(
            "max_header_size", \.limits.request.fieldBytes, .bytes(in: 1024...1 << 20),
            "Bytes of all header lines of a request; 431 above.")
        Setting(
            "max_body_size", \.limits.request.body, .bytes(in: 0...1 << 30), "Bytes of a request's body; 413 above.")
        Setting(
            "max_buffered_bodies_size", \.limits.bodies, .bytes(in: 0...1 << 32),
            "Bytes of all requests' bodies that have come in part; 503 above.")
    }
}
