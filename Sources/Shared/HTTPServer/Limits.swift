public import HTTP

extension HTTPServer {
    /// What clients can cost at most. Each limit names what happens to a client that exceeds it.
    public struct Limits: Sendable, Hashable {
        /// Sizes of a request's parts: 400, 413, 414 or 431.
        public var request = RequestLimits()

        /// From the first byte of a request to the end of its head: 408.
        public var headTime = Duration.seconds(10)

        /// From the end of the head to the end of the body: 408.
        public var bodyTime = Duration.seconds(30)

        /// Between requests, and before the first: closed.
        public var idleTime = Duration.seconds(120)

        /// While there is something to send, without a byte taken by the client: reset.
        public var stallTime = Duration.seconds(30)

        /// For an answer that takes work, unless it or the request says less: 503, or reset once the head is sent.
        public var workTime = Duration.seconds(60)

        /// Whether `X-Prometheus-Scrape-Timeout-Seconds` of a request lowers `workTime`.
        public var heedsScrapeTimeout = true

        /// After the last answer, for the client to read it and to close: closed.
        public var lingerTime = Duration.seconds(2)

        /// Open connections: who is idle longest is closed, 503 if nobody is idle.
        public var connections = 4096

        /// Bytes of bodies that have come in part, of all connections together: 503, and closed. The one read that exceeds
        /// it comes on top, and allocation may round up to twice as much.
        public var bodies = 16 * 1024 * 1024

        /// Answers that take work, at the same time: 503 with Retry-After.
        public var works = 64

        /// Bytes of a streamed answer that wait for a client: its writer is suspended.
        public var streamBuffer = 64 * 1024

        public init() {}
    }
}
