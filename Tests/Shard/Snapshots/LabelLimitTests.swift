import Metrics
import ServiceRuntime
import SnapshotFormat
import Snapshots
import TestSupport
import Testing

@Suite struct LabelLimitTests {
    private func settings(_ limits: [LabelName: Int]) -> SnapshotSettings {
        var settings = SnapshotSettings()
        settings.labelLimits = limits
        return settings
    }

    private func tables(jobs: KeyValuePairs<String, Double>) -> [SeriesTable] {
        var table = SeriesTable(MetricFamily("slurm_user_jobs_total", .gauge, help: "Jobs.", labels: ["user"]))
        var info = SeriesTable(
            MetricFamily("slurm_user_info", .info, help: "User.", labels: ["user"], merge: .union))
        for (user, count) in jobs {
            table.set(count, at: table.row(user))
            _ = info.row(user)
        }
        return [table, info]
    }

    @Test func theRestIsOneAndWhatCannotBeIsCounted() async throws {
        let scene = try Scene(settings(["user": 2]))
        await scene.publish(tables(jobs: ["ann": 9, "bob": 1, "cid": 5, "dan": 2]), collector: "users")
        let page = try await scene.page("/metrics")
        #expect(
            page == """
                # HELP slurm_user_info User.
                # TYPE slurm_user_info gauge
                slurm_user_info{user="ann",cluster="alpha"} 1
                slurm_user_info{user="cid",cluster="alpha"} 1
                # HELP slurm_user_jobs_total Jobs.
                # TYPE slurm_user_jobs_total gauge
                slurm_user_jobs_total{user="ann",cluster="alpha"} 9
                slurm_user_jobs_total{user="cid",cluster="alpha"} 5
                slurm_user_jobs_total{user="other",cluster="alpha"} 3

                """)
        let own = try await scene.get("/metrics").body
        #expect(
            own.contains("slurm_exporter_series_dropped_total{family=\"slurm_user_info\",reason=\"label_limit\"} 2\n"))
        #expect(own.contains("slurm_exporter_label_values_merged{cluster=\"alpha\",label=\"user\"} 2\n"))
        #expect(own.contains("slurm_exporter_label_values{cluster=\"alpha\",label=\"user\"} 2\n"))
    }

    @Test func aUserWhoIsCalledOtherIsNotTheRest() async throws {
        let scene = try Scene(settings(["user": 2]))
        await scene.publish([tables(jobs: ["other": 9, "bob": 1, "cid": 5])[0]])
        let page = try await scene.get("/metrics").body
        #expect(page.contains("slurm_user_jobs_total{user=\"_other\",cluster=\"alpha\"} 9\n"))
        #expect(page.contains("slurm_user_jobs_total{user=\"other\",cluster=\"alpha\"} 1\n"))
        #expect(page.contains("slurm_exporter_label_values_renamed{cluster=\"alpha\",label=\"user\"} 1\n"))
    }

    /// Every family of a cluster shows the same values, also those of feeds that came before the choice changed.
    @Test func allFeedsOfAClusterShowTheSameValues() async throws {
        let scene = try Scene(settings(["user": 1]))
        func calls(_ user: String) -> String { "slurm_rpc_calls{user=\"\(user)\",cluster=\"alpha\"}" }
        await scene.publish(
            [gauge("slurm_rpc_calls", ["user"], [["ann"]: 10, ["bob"]: 20, ["root"]: 300])], feed: .diag,
            collector: "scheduler")
        await scene.publish([tables(jobs: ["ann": 50, "bob": 1])[0]])
        #expect(try await scene.page().contains("\(calls("ann")) 10\n\(calls("other")) 320\n"))
        await scene.publish([tables(jobs: ["ann": 50, "bob": 60])[0]], generation: 2)
        #expect(try await scene.page().contains("\(calls("ann")) 10\n"))
        await scene.publish([tables(jobs: ["ann": 50, "bob": 90])[0]], generation: 3)
        #expect(try await scene.page().contains("\(calls("bob")) 20\n\(calls("other")) 310\n"))
        #expect(try await scene.page().contains("slurm_user_jobs_total{user=\"bob\",cluster=\"alpha\"} 90\n"))
    }

    /// Not even while the gauges' choice changes with the weights of users.
    @Test(arguments: 1...10)
    func noSeriesOfACounterFallsOrVanishes(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let scene = try Scene(settings(["user": 3]))
        var jobs = SeriesTable(MetricFamily("slurm_user_jobs", .gauge, help: "Jobs.", labels: ["user"]))
        var ended = SeriesTable(MetricFamily("slurm_ended_total", .counter, help: "Ends.", labels: ["user"]))
        var (before, named): ([String: Double], Set<String>) = ([:], [])
        for generation in 1...20 {
            for user in 0..<Int.random(in: 1...8, using: &random) {
                jobs.set(Double(Int.random(in: 0...100, using: &random)), at: jobs.row("user\(user)"))
                ended.add(Double(Int.random(in: 0...5, using: &random)), at: ended.row("user\(user)"))
            }
            await scene.publish([jobs, ended], generation: UInt64(generation))
            let shown = try Self.tables(of: try await scene.get("/snapshots/all").body)
            named.formUnion(shown[1].rows.map { shown[1].labels(at: $0)[0].value })
            let counts = Dictionary(
                uniqueKeysWithValues: shown[0].rows.map { (shown[0].labels(at: $0)[0].value, shown[0].value(at: $0)) })
            #expect(before.allSatisfy { counts[$0.key, default: -1] >= $0.value })
            #expect(counts.values.reduce(0, +) == ended.rows.reduce(0) { $0 + ended.value(at: $1) })
            #expect(counts.count <= 4)
            before = counts
        }
        // Otherwise there is nothing to keep them from.
        #expect(named.count > 4)
    }

    @Test func clustersChooseByThemselves() async throws {
        let scene = try Scene(settings(["user": 1]))
        await scene.publish([tables(jobs: ["ann": 2, "bob": 1])[0]])
        await scene.publish([tables(jobs: ["ann": 1, "bob": 2])[0]], cluster: "beta")
        let page = try await scene.page()
        #expect(
            page.contains("{user=\"ann\",cluster=\"alpha\"} 2\n")
                && page.contains("{user=\"bob\",cluster=\"beta\"} 2\n"))
    }

    @Test func aLabelWithoutJobsIsWeighedBySeries() async throws {
        let scene = try Scene(settings(["job_name": 1]))
        await scene.publish([
            gauge(
                "slurm_job_priority", ["job_id", "job_name"],
                [["1", "train"]: 1, ["2", "train"]: 1, ["3", "big"]: 900])
        ])
        let page = try await scene.page()
        #expect(
            page.contains("job_name=\"train\"")
                && page.contains("{job_id=\"3\",job_name=\"other\",cluster=\"alpha\"} 900"))
    }

    @Test(arguments: 1...10)
    func totalsAreTheSame(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let scene = try Scene(
            settings(["user": Int.random(in: 0...12, using: &random), "account": Int.random(in: 0...6, using: &random)])
        )
        var choices: Set<String> = []
        for generation in 1...3 {
            let tables = Self.randomTables(&random)
            await scene.publish(tables, generation: UInt64(generation))
            let document = try await scene.get("/snapshots/all").body
            for (table, shown) in zip(tables, try Self.tables(of: document)) {
                #expect(table.family == shown.family)
                #expect(Self.total(of: shown) == Self.total(of: table))
                choices.formUnion(shown.rows.flatMap { shown.labels(at: $0) }.filter { $0.name == "user" }.map(\.value))
            }
        }
        #expect(choices.count <= 41)
    }

    private static func randomTables(_ random: inout SeededGenerator) -> [SeriesTable] {
        let families: [(MetricName, FamilyType, MergeRule)] = [
            ("slurm_a_cpus", .gauge, .sum), ("slurm_b_jobs", .gauge, .sum),
            ("slurm_c_hours", .gauge, .sumOfFractions(decimals: 3)),
            ("slurm_d_total", .counter, .sum), ("slurm_e_max", .gauge, .max), ("slurm_f_min", .gauge, .min),
            ("slurm_g_seconds", .histogram(bounds: [1, 10]), .sum),
        ]
        return families.map { name, type, merge in
            var table = SeriesTable(
                MetricFamily(name, type, help: "X.", labels: ["user", "account", "state"], merge: merge))
            for _ in 0..<50 {
                let user = ["", "other", "_other"].randomElement(using: &random)!
                let row = table.row(
                    Bool.random(using: &random) ? "user\(Int.random(in: 0..<40, using: &random))" : user,
                    "account\(Int.random(in: 0..<10, using: &random))", ["up", "down"].randomElement(using: &random)!)
                let cells = table.cells(at: row).map { _ in
                    Double(Int.random(in: 0...9000, using: &random)) / (merge == .sum ? 1 : 1000)
                }
                table.setCells(cells, at: row)
            }
            return table
        }
    }

    /// Of all series together, as their rule has it; in steps, so that the order of addition makes no difference.
    private static func total(of table: SeriesTable) -> [Double] {
        let cells = table.rows.map { table.cells(at: $0) }
        switch table.family.merge {
        case .max: return [cells.map { $0[0] }.max()!]
        case .min: return [cells.map { $0[0] }.min()!]
        default:
            return cells[0].indices.map { index in cells.reduce(0) { $0 + ($1[index] * 1000).rounded() } }
        }
    }

    private static func tables(of document: String) throws -> [SeriesTable] {
        try readDocument(document).families.map(\.table)
    }
}
