/// A slice of the fleet, and where it is served.
public struct ServedSlice: Hashable, Sendable {
    /// A collector of a cluster.
    public struct Share: Hashable, Sendable {
        public var cluster: String
        public var collector: String

        public init(cluster: String, collector: String) {
            self.cluster = cluster
            self.collector = collector
        }
    }

    public var name: String
    /// What it counts, be it for some partitions only: a number is whole when every slice with that share has its part.
    /// Where nobody says, a slice counts what it shows.
    public var shares: Set<Share>
    /// URLs of the slice's document, the one to be asked first in front; the next is asked where that fails.
    public var addresses: [String]
    /// Where the first of the addresses tells which of its slices have changed; nil where nobody does.
    public var overview: String?
    /// Shown to whoever serves it.
    public var token: String?

    /// - Parameter overview: of no use without an address.
    public init(
        name: String, shares: Set<Share> = [], addresses: [String], overview: String? = nil, token: String? = nil
    ) {
        self.name = name
        self.shares = shares
        self.addresses = addresses
        self.overview = overview
        self.token = token
    }
}

/// Who knows which slices there are, and where they are served.
public protocol SliceDirectory: Sendable {
    /// Nil as long as that isn't known.
    var slices: [ServedSlice]? { get }
}
