import RealSlurm

extension Comparison {
    static let jobs = homeJobs + queuedJobs + features

    /// Each job once.
    private static let homeJobs =
        [
            Comparison(counts: "slurm_cluster_jobs_total", by: ["state"]) { $0.jobs.tally { [$0.state.lowercased()] } },
            Comparison(counts: "slurm_jobs_total", by: ["partition", "state"]) {
                $0.jobs.tally { [$0.home, $0.state.lowercased()] }
            },
            count("slurm_jobs_pending") { $0.state == "PENDING" },
            count("slurm_job_queue_length") { $0.state == "PENDING" },
            count("slurm_jobs_running") { $0.state == "RUNNING" },
            count("slurm_jobs_held") { $0.isHeld },
            Comparison(counts: "slurm_jobs_by_base_state", by: ["partition", "state"]) {
                $0.jobs.tally { [$0.home, flags.contains($0.state) ? "unknown" : $0.state.lowercased()] }
            },
            Comparison(counts: "slurm_jobs_flags", by: ["partition", "flag"]) {
                $0.jobs.filter { flags.contains($0.state) }.tally { [$0.home, $0.state.lowercased()] }
            },
            Comparison(counts: "slurm_jobs_pending_reason", by: ["partition", "reason"]) {
                $0.jobs.filter { $0.state == "PENDING" }.tally { [$0.home, $0.plainReason] }
            },
            Comparison(counts: "slurm_jobs_records", by: ["partition"]) { $0.jobRecords.tally { [$0.home] } },
            Comparison(counts: "slurm_jobs_array_records_cut", by: ["partition"]) {
                $0.jobRecords.filter(\.isCut).tally { [$0.home] }
            },
            Comparison(total: "slurm_jobs_excluded") { _ in 0 },
        ] + requests("slurm_cluster_job_%_requested", by: []) { _ in [] }
        + allocations("slurm_cluster_job_%_allocated", by: []) { _ in [] }
        + requests("slurm_jobs_requested_%", by: ["partition"]) { [$0.home] }
        + allocations("slurm_jobs_allocated_%", by: ["partition", "state"]) { [$0.home, $0.holding!] }

    /// Each job in each partition that it may start in.
    private static let queuedJobs =
        [
            Comparison(counts: "slurm_partition_jobs_total", by: ["partition", "state"]) {
                $0.queues.tally { [$0.partition, $0.job.state.lowercased()] }
            },
            Comparison(counts: "slurm_partition_jobs_pending", by: ["partition"]) {
                $0.queues.filter { $0.job.state == "PENDING" }.tally { [$0.partition] }
            },
            Comparison(counts: "slurm_partition_jobs_running", by: ["partition"]) {
                $0.queues.filter { $0.job.state == "RUNNING" }.tally { [$0.partition] }
            },
        ]
        + amounts("slurm_partition_jobs_requested_%", by: ["partition"]) { words in
            words.queues.filter(\.job.isWaiting).map { ([$0.partition], $0.job) }
        } + allocations("slurm_partition_job_%_allocated", by: ["partition"]) { [$0.home] } + [
            Comparison("slurm_partition_pending_max_nodes", by: ["partition", "held"]) { words in
                words.queues.filter(\.job.isWaiting).reduce(into: [:]) { most, queue in
                    let key = [queue.partition, "\(queue.job.isHeld)"]
                    most[key] = max(most[key] ?? 0, queue.job.resources["node"])
                }
            }
        ]

    /// Each job under each feature that it asks for.
    private static let features = [
        Comparison("slurm_feature_jobs", by: ["feature", "state"]) { demands($0) { _ in 1 } },
        Comparison("slurm_feature_cpus", by: ["feature", "state"]) { demands($0, \.resources.processors) },
        Comparison("slurm_feature_memory_bytes", by: ["feature", "state"]) { demands($0, \.resources.memory) },
    ]

    private static func demands(_ words: SlurmsWords, _ amount: (JobReading) -> Double) -> Figures {
        let features = Dictionary(
            words.jobRecords.map { ($0.number("JobId") ?? 0, $0.features) }, uniquingKeysWith: { first, _ in first })
        return words.jobs.reduce(into: [:]) { figures, job in
            guard let state = job.isWaiting ? "pending" : job.holding else { return }
            for feature in features[job.identifier] ?? [] { figures[[feature, state], default: 0] += amount(job) }
        }
    }

    static let owners =
        owners("slurm_user", by: ["user", "account"]) { [$0.user, $0.account] }
        + owners("slurm_account", by: ["account"]) { [$0.account] }
        + [
            Comparison(counts: "slurm_user_statistics", by: ["user", "account"]) {
                $0.jobs.tally { [$0.user, $0.account] }
            },
            Comparison("slurm_account_usage", by: ["account"]) {
                $0.jobs.filter { $0.holding != nil }.sum(of: \.resources.processors, by: { [$0.account] })
            },
        ]

    /// v0.0.38 shows them in the place of the state.
    private static let flags: Set = ["COMPLETING", "CONFIGURING", "STOPPED", "SPECIAL_EXIT"]

    typealias Key = @Sendable (JobReading) -> [String]

    private static func count(_ metric: String, _ isCounted: @escaping @Sendable (JobReading) -> Bool) -> Comparison {
        Comparison(counts: metric, by: ["partition"]) { $0.jobs.filter(isCounted).tally { [$0.home] } }
    }

    static func owners(_ prefix: String, by labels: [String], _ key: @escaping Key) -> [Comparison] {
        [
            Comparison(counts: "\(prefix)_jobs_total", by: labels + ["state"]) {
                $0.jobs.tally { key($0) + [$0.state.lowercased()] }
            }
        ] + requests("\(prefix)_%_requested", by: labels, key).filter { !$0.metric.contains("nodes") }
            + allocations("\(prefix)_%_allocated", by: labels, key)
    }

    private static func requests(_ metric: String, by labels: [String], _ key: @escaping Key) -> [Comparison] {
        amounts(metric, by: labels) { $0.jobs.filter(\.isWaiting).map { (key($0), $0) } }
    }

    private static func allocations(_ metric: String, by labels: [String], _ key: @escaping Key) -> [Comparison] {
        amounts(metric, by: labels) { $0.jobs.filter { $0.holding != nil }.map { (key($0), $0) } }
    }

    /// - Parameter metric: with a percent sign where the resource is named.
    private static func amounts(
        _ metric: String, by labels: [String],
        of jobs: @escaping @Sendable (SlurmsWords) -> [(key: [String], job: JobReading)]
    ) -> [Comparison] {
        let single: [(String, @Sendable (Resources) -> Double)] = [
            ("cpus", { $0.processors }), ("memory", { $0.memory }), ("nodes", { $0["node"] }),
        ]
        return single.map { word, amount in
            let name = metric.replacing("%", with: word)
            return Comparison(word == "memory" ? "\(name)_bytes" : name, by: labels) {
                jobs($0).sum(of: { amount($0.job.resources) }, by: \.key)
            }
        } + [
            Comparison(metric.replacing("%", with: "gpus"), by: labels + ["gpu_type"]) {
                jobs($0).flatMap { key, job in job.gpus.map { (key + [$0.key], $0.value) } }.sum(of: \.1, by: \.0)
            }
        ]
    }
}

extension JobReading {
    /// Without what Slurm adds for people.
    fileprivate var plainReason: String { String(reason.prefix { $0 != "," }) }
}

extension ControlRecord {
    fileprivate var features: Set<String> {
        Set((self["Features"] ?? "").split { "&|,[]()".contains($0) }.map { String($0.prefix { $0 != "*" }) })
    }

    fileprivate var home: String { list("Partition").first ?? "" }
}
