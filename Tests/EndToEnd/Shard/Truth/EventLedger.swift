/// What happened to jobs and nodes since counting began, summed up from the simulator's truth step by step.
struct EventLedger {
    private var starts: [Scrape.Labels: Double] = [:]
    private var waits = Distribution()
    private var runs = Distribution()
    private var nodes: [String: TruthFigures.Node] = [:]
    private var transitions: [Scrape.Labels: Double] = [:]

    /// The upper bounds that the shard has unless told otherwise, in seconds.
    private static let bounds = [60, 300, 1800, 3600, 14400, 86400]

    /// Durations by partition and QOS, as a histogram shows them.
    private struct Distribution {
        var counts: [Scrape.Labels: Double] = [:]
        var sums: [Scrape.Labels: Double] = [:]
        var buckets: [Scrape.Labels: Double] = [:]

        mutating func observe(_ seconds: Int, _ labels: Scrape.Labels) {
            counts[labels, default: 0] += 1
            sums[labels, default: 0] += Double(seconds)
            for bound in EventLedger.bounds where seconds <= bound {
                buckets[labels.merging(["le": "\(bound)"]) { $1 }, default: 0] += 1
            }
            buckets[labels.merging(["le": "+Inf"]) { $1 }, default: 0] += 1
        }
    }

    var isEmpty: Bool { waits.counts.isEmpty || runs.counts.isEmpty }

    /// How nodes are before anything happens.
    mutating func begin(_ truth: TruthFigures) {
        nodes = Dictionary(uniqueKeysWithValues: truth.nodes.map { ($0.name, $0) })
    }

    mutating func add(_ truth: TruthFigures) {
        add(truth.events)
        let known = Dictionary(uniqueKeysWithValues: truth.nodes.map { ($0.name, $0) })
        for (name, node) in known {
            guard let before = nodes[name], before.home == node.home, before.state != node.state else { continue }
            transitions[["from": before.state, "to": node.state], default: 0] += 1
        }
        nodes = known
    }

    private mutating func add(_ events: TruthFigures.Events) {
        for start in events.lastStarts {
            starts[Self.labels(["partition": start.partition]), default: 0] += 1
            waits.observe(start.waitSeconds, Self.labels(["partition": start.partition, "qos": start.qos]))
        }
        for end in events.lastEnds {
            runs.observe(end.runSeconds, Self.labels(["partition": end.partition, "qos": end.qos]))
        }
    }

    private static func labels(_ labels: Scrape.Labels) -> Scrape.Labels { labels.filter { !$0.value.isEmpty } }

    /// What is to be exported by now: metric, labels, and the values that aren't 0.
    var expected: [(metric: String, by: [String], values: [Scrape.Labels: Double])] {
        [
            ("slurm_jobs_started_total", ["partition"], starts),
            ("slurm_node_state_transitions_total", ["from", "to"], transitions),
        ] + parts(of: "slurm_job_wait_time_seconds", waits)
            + parts(of: "slurm_job_runtime_seconds", runs)
    }

    private func parts(
        of metric: String, _ distribution: Distribution
    ) -> [(metric: String, by: [String], values: [Scrape.Labels: Double])] {
        [
            (metric + "_count", ["partition", "qos"], distribution.counts),
            (metric + "_sum", ["partition", "qos"], distribution.sums.filter { $0.value != 0 }),
            (metric + "_bucket", ["partition", "qos", "le"], distribution.buckets),
        ]
    }
}
