/// The last hour of all clusters, in even steps; it begins with the process.
struct ClusterHistory: Sendable {
    static let step = Duration.seconds(15)
    private static let length = 240

    private var moments: [[String: ClusterFigures]] = []

    mutating func append(_ clusters: [String: ClusterFigures]) {
        moments.append(clusters)
        if moments.count > Self.length { moments.removeFirst() }
    }

    /// Lists of one number for each step, nil where none was known.
    struct Document: Encodable, Sendable {
        let stepSeconds: Double
        let clusters: [String: Cluster]

        struct Cluster: Encodable, Sendable {
            let nodes: [String: [Double?]]
            let jobs: [String: [Double?]]
            let utilization: [String: [Double?]]
        }
    }

    var document: Document {
        let names = Set(moments.flatMap(\.keys))
        let clusters = names.map { name in
            (
                name,
                Document.Cluster(
                    nodes: lines(name, \.nodes), jobs: lines(name, \.jobs).filter { Self.shownJobs.contains($0.key) },
                    utilization: lines(name, \.utilization))
            )
        }
        return Document(
            stepSeconds: Self.step / .seconds(1), clusters: Dictionary(uniqueKeysWithValues: clusters))
    }

    private static let shownJobs: Set = ["pending", "running"]

    /// A state that nothing is in has no series: it is 0 wherever any state is known.
    private func lines(_ cluster: String, _ values: KeyPath<ClusterFigures, [String: Double]>) -> [String: [Double?]] {
        let known = moments.map { $0[cluster]?[keyPath: values] ?? [:] }
        let names = Set(known.flatMap(\.keys))
        return Dictionary(
            uniqueKeysWithValues: names.map { name in (name, known.map { $0.isEmpty ? nil : $0[name] ?? 0 }) })
    }
}
