public import HTTP

extension HTTPServer {
    /// Figures since the start, and of the moment.
    public struct Statistics: Sendable, Hashable {
        public struct Answered: Sendable, Hashable {
            /// As the responder names it; empty for requests that were not understood.
            public let route: String
            public let status: Int
        }

        public internal(set) var accepted = 0
        public internal(set) var open = 0
        /// Closed while idle, the longest idle first, because another came and there was no room.
        public internal(set) var evicted = 0
        public internal(set) var refused: [Refusal: Int] = [:]
        public internal(set) var rejected: [RequestError: Int] = [:]
        public internal(set) var acceptPauses = 0
        /// By route and status; interim answers do not count.
        public internal(set) var answered: [Answered: Int] = [:]
        /// Answers being worked on, those included whose client has left but whose work has not ended yet.
        public internal(set) var works = 0
        public internal(set) var worksExpired = 0
        /// Closed because the client took nothing for too long.
        public internal(set) var stalled = 0
        public internal(set) var bytesReceived = 0
        public internal(set) var bytesSent = 0
    }
}
