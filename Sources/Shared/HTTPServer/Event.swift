public import HTTP

extension HTTPServer {
    /// What a log may want to know. Never one for each request.
    public enum Event: Sendable, Hashable, CustomStringConvertible {
        case listening(SocketAddress)
        /// A request was not understood, and its connection is closed.
        case rejected(RequestError, peer: SocketAddress)
        case overloaded(Refusal)
        /// Out of descriptors or memory: nobody is accepted for a moment.
        case acceptingPaused(SystemError)
        case workFailed(route: String, reason: String)
        case workExpired(route: String)
        case stopped(cut: Int)

        public var description: String {
            switch self {
            case .listening(let address): "listening on \(address)"
            case .rejected(let error, let peer): "request from \(peer) rejected: \(error)"
            case .overloaded(let refusal): "client refused: \(refusal)"
            case .acceptingPaused(let error): "no connections accepted for a moment: \(error)"
            case .workFailed(let route, let reason): "answer for \(route) failed: \(reason)"
            case .workExpired(let route): "answer for \(route) took too long"
            case .stopped(let cut): "stopped, \(cut) connections cut"
            }
        }
    }

    /// Which limit on the number of things was reached.
    public enum Refusal: String, Sendable, Hashable, CustomStringConvertible {
        case connections
        case works
        case bodies

        public var label: String { rawValue }

        public var description: String {
            switch self {
            case .connections: "too many connections"
            case .works: "too many answers being worked on"
            case .bodies: "too many bytes of request bodies"
            }
        }
    }
}
