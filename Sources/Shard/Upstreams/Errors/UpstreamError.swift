import HTTPClient
public import Slurm

/// Why a question to Slurm has no answer that can be used.
///
/// The text holds no token, user information or query, and no more of what the peer wrote than fits a line of a log.
public struct UpstreamError: Error, Hashable, Sendable {
    public let kind: Kind
    /// What happened, for people.
    public let reason: String
    /// Of the response, where there was one.
    public var status: Int?
    /// How long the server asks to be left alone.
    public var retryAfter: Duration?

    public init(_ kind: Kind, _ reason: String, status: Int? = nil) {
        self.kind = kind
        self.reason = reason.clipped
        self.status = status
    }

    public enum Kind: Hashable, Sendable {
        /// An address, token or file of ours that no request can be made with.
        case configuration
        /// Nobody takes the connection.
        case connect
        /// The name of the host has no address.
        case dns
        case tls
        /// No complete answer in time. slurmrestd goes on working on it.
        case timeout
        /// The connection broke.
        case reset
        /// The answer ends before its end.
        case truncated
        /// More bytes than are allowed.
        case tooLarge
        /// What came is not HTTP.
        case malformed
        /// No token, or one that Slurm doesn't accept.
        case auth
        /// The token is good, and its user may not see this.
        case denied
        /// No version of the API that we know is offered, or the endpoint isn't there in this one.
        case version
        /// This Slurm hasn't what was asked for: no accounting by slurmdbd, or not in the version that is spoken.
        case absent
        /// slurmctld doesn't answer slurmrestd.
        case controllerDown
        /// slurmdbd doesn't answer slurmrestd.
        case databaseDown
        /// Any other of Slurm's errors.
        case slurm
        /// A status that says it all.
        case http
        /// The text is no answer of slurmrestd's.
        case decode(JSONFault)
        /// An answer without what was asked for, which is not the same as a cluster without it.
        case empty
        /// We don't want the answer any more.
        case cancelled
        /// This host failed: no memory, no descriptors, no thread.
        case local
    }
}

extension UpstreamError {
    /// Every label there is.
    public static let labels: [String] =
        [
            "configuration", "connect", "dns", "tls", "timeout", "reset", "truncated", "too_large", "protocol", "auth",
            "denied", "version", "absent", "controller_down", "database_down", "slurm_error", "decode", "empty",
            "cancelled",
            "local",
        ] + (1...5).map { "http_\($0)xx" }

    /// One of a few words, for metrics.
    public var label: String {
        switch kind {
        case .configuration: "configuration"
        case .connect: "connect"
        case .dns: "dns"
        case .tls: "tls"
        case .timeout: "timeout"
        case .reset: "reset"
        case .truncated: "truncated"
        case .tooLarge: "too_large"
        case .malformed: "protocol"
        case .auth: "auth"
        case .denied: "denied"
        case .version: "version"
        case .absent: "absent"
        case .controllerDown: "controller_down"
        case .databaseDown: "database_down"
        case .slurm: "slurm_error"
        case .http: "http_\((status ?? 0) / 100)xx"
        case .decode: "decode"
        case .empty: "empty"
        case .cancelled: "cancelled"
        case .local: "local"
        }
    }

    /// Whether the same question may well be answered a moment later, and costs Slurm little to be asked again.
    ///
    /// Not so after a timeout, when slurmrestd is still at work on the first one; nor where slurmrestd itself says that
    /// the controller is gone, which took it as long as Slurm's MessageTimeout.
    var mayPass: Bool {
        switch kind {
        case .connect, .dns, .reset: true
        case .http: status == 502 || status == 503
        default: false
        }
    }

    /// Whether another address may do better.
    var concernsAddress: Bool {
        switch kind {
        case .connect, .dns, .tls, .timeout, .reset, .truncated, .malformed: true
        case .http: (500...599).contains(status ?? 0)
        default: false
        }
    }
}

extension UpstreamError: CustomStringConvertible {
    public var description: String { reason }
}

extension UpstreamError {
    init(_ error: HTTPClientError) {
        let kind: Kind =
            switch error.kind {
            case .dns: .dns
            case .connect: .connect
            case .tls: .tls
            // Without a connection slurmrestd never heard of the question, and isn't at work on it.
            case .timeout(.connect): .connect
            case .timeout, .stall: .timeout
            case .reset: .reset
            case .truncated: .truncated
            case .malformed: .malformed
            case .tooLarge: .tooLarge
            case .cancelled, .closed: .cancelled
            case .invalidRequest: .configuration
            case .local: .local
            }
        self.init(kind, error.description)
    }

    init(_ error: AnswerError) {
        switch error.fault {
        case .truncated: self.init(.truncated, "the answer ends in the middle: \(error)")
        case .tooLarge: self.init(.tooLarge, "a part of the answer is too large: \(error)")
        default: self.init(.decode(error.fault), "the answer can't be read: \(error)")
        }
    }
}

extension String {
    /// One line of no more than a few hundred bytes.
    fileprivate var clipped: String {
        let line = String(decoding: utf8.map { $0 < 0x20 || $0 == 0x7f ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
        guard line.utf8.count > Self.longest else { return line }
        return String(decoding: line.utf8.prefix(Self.longest), as: UTF8.self) + "…"
    }

    private static let longest = 500
}
