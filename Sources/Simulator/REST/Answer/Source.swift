import SimulatedCluster

/// What an answer is made from; held for as long as the answer is being written.
final class Source: Sendable {
    let cluster: Cluster
    let dialect: Dialect
    let shows: ShowFlags

    init(cluster: Cluster, dialect: Dialect, shows: ShowFlags) {
        self.cluster = cluster
        self.dialect = dialect
        self.shows = shows
    }

    var version: APIVersion { dialect.version }
    var release: Release { dialect.release }
}
