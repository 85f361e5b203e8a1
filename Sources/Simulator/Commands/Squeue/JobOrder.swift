import SimulatedCluster

/// The order of squeue's lines.
struct JobOrder {
    private let keys: [(key: Key, isDescending: Bool)]

    private enum Key {
        case partition, state, priority, id, start, submit, user, account, name, limit, used, nodes, cpus
    }

    /// By partition and state, and in those the highest priority first.
    static let usual = JobOrder("P,t,-p")

    /// Letters of `--format`, each with a "-" before it for the other direction: the first four known ones.
    init(_ letters: Text) {
        var keys: [(key: Key, isDescending: Bool)] = []
        var isDescending = false
        for byte in letters.bytes {
            if let key = Self.known[Character(Unicode.Scalar(byte))] { keys.append((key, isDescending)) }
            isDescending = byte == UInt8(ascii: "-")
        }
        self.keys = Array(keys.prefix(4))
    }

    private static let known: [Character: Key] = [
        "P": .partition, "t": .state, "T": .state, "p": .priority, "Q": .priority, "i": .id, "A": .id, "S": .start,
        "V": .submit, "u": .user, "a": .account, "j": .name, "l": .limit, "M": .used, "D": .nodes, "C": .cpus,
    ]

    /// Positions of jobs in the job list, sorted; equal ones stay in the order of the list.
    func sorted(_ positions: [UInt32], in cluster: Cluster) -> [UInt32] {
        let ranks = Ranks(cluster)
        var rows = positions.map { position in
            let job = cluster.jobs.element(at: Int(position)) ?? .vacant
            var row = Row(position: position)
            for (index, (key, isDescending)) in keys.enumerated() {
                row.keys[index] = ranks.value(key, of: job) * (isDescending ? -1 : 1)
            }
            return row
        }
        rows.sort()
        return rows.map(\.position)
    }

    private struct Row: Comparable {
        let position: UInt32
        var keys = InlineArray<4, Int>(repeating: 0)

        static func == (left: Row, right: Row) -> Bool { left.position == right.position }

        static func < (left: Row, right: Row) -> Bool {
            for index in 0..<4 where left.keys[index] != right.keys[index] {
                return left.keys[index] < right.keys[index]
            }
            return left.position < right.position
        }
    }

    /// Numbers that compare as the texts do that they stand for.
    private struct Ranks {
        let cluster: Cluster
        /// Of single partitions, then of the lists that waiting jobs name.
        let partitions: [Int]
        let names: [Int]

        init(_ cluster: Cluster) {
            self.cluster = cluster
            let lists = cluster.partitionLists.values.map { list in
                var text: [UInt8] = []
                text.append(list) { $1.append(cluster.partitions[$0].name) }
                return Text(bytes: text)
            }
            partitions = (cluster.partitions.map(\.name) + lists).ranks
            names = cluster.scripts.map(\.name).ranks
        }

        func value(_ key: Key, of job: Job) -> Int {
            switch key {
            case .partition: partitions[partitionIndex(of: job)]
            case .state: Self.states[job.state.effective] ?? 0
            case .priority: Int(job.priority)
            case .id: Int(job.arrayJob != 0 ? job.arrayJob : job.hetJob != 0 ? job.hetJob : job.id)
            case .start: Int(job.started.seconds)
            case .submit: Int(job.submitted.seconds)
            case .user: job.user.index
            case .account: job.account.index
            case .name: names[job.script.index]
            case .limit: job.limit.minutes ?? Int(UInt32.max)
            case .used: cluster.runSeconds(of: job)
            case .nodes: Int(job.request.nodes)
            case .cpus: job.request.cpus
            }
        }

        private func partitionIndex(of job: Job) -> Int {
            job.startedIn.exists
                ? job.startedIn.index : cluster.partitions.count + job.requestedPartitions.index
        }

        private static let states = Dictionary(
            uniqueKeysWithValues: JobEffectiveState.allCases.sorted { $0.rawValue < $1.rawValue }.enumerated()
                .map { ($1, $0) })
    }
}

extension [Text] {
    /// The place that each would have if they were sorted; equal ones share it.
    fileprivate var ranks: [Int] {
        let places = Dictionary(
            uniqueKeysWithValues: Set(self).sorted().enumerated().map { ($1, $0) })
        return map { places[$0] ?? 0 }
    }
}
