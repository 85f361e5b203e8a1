extension HTTPClient {
    /// What holds for all transfers of a client.
    public struct Configuration: Hashable, Sendable {
        /// Connections at the same time; a request over it waits, within its deadlines.
        public var connections = 256
        /// Of these, to one scheme, host and port.
        public var connectionsPerHost = 64
        /// Above how many connections, those in use included, one that gets idle is closed at once.
        public var idleConnections = 128
        /// How long a connection that was not in use is still trusted to be alive. It is closed when it is next
        /// looked at, not at that moment.
        public var idleTime: Duration = .seconds(60)
        /// After how long a connection serves no further request; nil is never.
        public var connectionAge: Duration?
        /// How many bytes the head of a response may have, interim heads and trailers included.
        public var headLimit = 64 << 10

        public init() {}
    }

    public struct Statistics: Hashable, Sendable {
        /// Sockets that are open, idle ones included.
        public var openConnections = 0
        public var transfersInFlight = 0
        /// Transfers that needed a new connection, since the start.
        public var newConnections = 0
        /// Transfers that found one that was open, since the start.
        public var reusedConnections = 0
    }
}
