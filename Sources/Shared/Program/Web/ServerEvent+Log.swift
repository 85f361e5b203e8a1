import HTTPServer
import ServiceRuntime

extension HTTPServer.Event {
    /// How much an event matters; a client can cause some of them as often as it likes, the log's limit on repeats holds them.
    var level: LogLevel {
        switch self {
        case .listening, .stopped: .info
        case .rejected: .debug
        case .overloaded, .acceptingPaused, .workExpired: .warning
        case .workFailed: .error
        }
    }

    /// Constant for each kind, as the log wants it.
    var message: String {
        switch self {
        case .listening: "listening"
        case .rejected: "request rejected"
        case .overloaded: "client refused"
        case .acceptingPaused: "no connections accepted for a moment"
        case .workFailed: "answer failed"
        case .workExpired: "answer took too long"
        case .stopped: "stopped listening"
        }
    }
}
