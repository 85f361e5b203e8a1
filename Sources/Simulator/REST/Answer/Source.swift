import SimulatedCluster

/// What an answer is made from; held for as long as the answer is being written.
final class Source: Sendable {
    let cluster: Cluster
    let dialect: Dialect
    let shows: ShowFlags
    let tresIDs: [Int]
    /// Of each TRES the members that name it, compact.
    let tresNames: [[UInt8]]

    init(cluster: Cluster, dialect: Dialect, shows: ShowFlags) {
        self.cluster = cluster
        self.dialect = dialect
        self.shows = shows
        tresIDs = cluster.tres.map(\.id)
        let compact = Dialect(version: dialect.version, release: dialect.release, style: .compact)
        tresNames = cluster.tres.map { tres in
            var writer = JSONWriter(compact)
            writer.name(of: tres)
            return writer.bytes
        }
    }

    var version: APIVersion { dialect.version }
    var release: Release { dialect.release }
}
