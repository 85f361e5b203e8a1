/// Why a request has no response, or a response no end.
///
/// Neither the text nor any other part holds a header value, user information or the query of a URL.
public struct HTTPClientError: Error, Hashable, Sendable {
    public let kind: Kind
    /// What was asked of whom: the method and the URL without user information and query.
    public let target: String
    /// What happened, for people.
    public let reason: String
    /// From the call of `send` on.
    public let elapsed: Duration
    /// Bytes of the body that had come, as they are on the wire.
    public let receivedBytes: Int

    init(_ kind: Kind, target: String, reason: String, elapsed: Duration = .zero, receivedBytes: Int = 0) {
        self.kind = kind
        self.target = target
        self.reason = reason
        self.elapsed = elapsed
        self.receivedBytes = receivedBytes
    }

    public enum Kind: Hashable, Sendable {
        /// The name of the host or proxy has no address.
        case dns
        /// Nobody takes the connection.
        case connect
        /// No handshake, no trust, or a certificate or key file that can't be used.
        case tls
        /// A deadline of the request has passed.
        case timeout(Deadline)
        /// No byte came for as long as the request allows, while we were ready to take one.
        case stall
        /// The peer broke the connection off.
        case reset
        /// The connection, or the compressed stream in it, ended before the body did.
        case truncated
        /// What came is not HTTP, or not what its head says.
        case malformed
        /// More bytes than the request allows, in the head or in the body after decoding.
        case tooLarge
        /// The task was cancelled, or nobody wants the body any more.
        case cancelled
        /// The request can't be sent as it is.
        case invalidRequest
        /// The client is shut down.
        case closed
        /// This host or libcurl itself failed: no memory, no descriptors, no thread.
        case local
    }

    public enum Deadline: Hashable, Sendable {
        case connect, firstByte, total
    }
}

extension HTTPClientError.Kind {
    /// One of thirteen words, for metrics.
    public var label: String {
        switch self {
        case .dns: "dns"
        case .connect: "connect"
        case .tls: "tls"
        case .timeout: "timeout"
        case .stall: "stall"
        case .reset: "reset"
        case .truncated: "truncated"
        case .malformed: "protocol"
        case .tooLarge: "too_large"
        case .cancelled: "cancelled"
        case .invalidRequest: "invalid_request"
        case .closed: "closed"
        case .local: "local"
        }
    }
}

extension HTTPClientError: CustomStringConvertible {
    public var description: String {
        guard elapsed > .zero else { return "\(target): \(reason)" }
        return "\(target): \(reason) (after \(elapsed.inWords), at byte \(receivedBytes))"
    }
}

extension Duration {
    /// Seconds with three decimals, "1.250 s".
    var inWords: String {
        let milliseconds = Int(self / .milliseconds(1))
        let fraction = String(milliseconds % 1000)
        return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - fraction.utf8.count))\(fraction) s"
    }
}
