import Metrics
import Slurm
import Testing

@testable import Collectors

struct DatabaseTests {
    private let records = Records()

    private func rollup(_ period: DatabaseRecord.Period, count: Int?, total: Int?) -> DatabaseRecord.Rollup {
        var rollup = DatabaseRecord.Rollup(period: period)
        rollup.count = count
        rollup.totalMicroseconds = total
        rollup.lastMicroseconds = 500_000
        rollup.maximumMicroseconds = 2_000_000
        rollup.lastRun = Timestamp(1800)
        return rollup
    }

    private var record: DatabaseRecord {
        var record = DatabaseRecord()
        record.since = Timestamp(86_400)
        record.callsByType = [.init(name: "DBD_STEP_START", count: 7, microseconds: 1_500_000)]
        record.callsByUser = [.init(name: "slurm", count: 9, microseconds: 250)]
        record.rollups = [rollup(.hourly, count: 4, total: 3_000_000), rollup(.daily, count: 0, total: 0)]
        return record
    }

    @Test func slurmdbdsOwnFigures() {
        let text = Collector.text(.accounting, Generation(database: [record]), records.symbols)
        let expected = [
            "slurm_dbd_up 1", "slurm_database_up 1", "slurm_dbd_last_reset_timestamp_seconds 86400",
            #"slurm_dbd_rpc_calls_total{message_type="DBD_STEP_START"} 7"#,
            #"slurm_dbd_rpc_duration_seconds_total{message_type="DBD_STEP_START"} 1.5"#,
            #"slurm_dbd_rpc_user_calls_total{user="slurm"} 9"#,
            #"slurm_dbd_rpc_user_duration_seconds_total{user="slurm"} 0.00025"#,
            #"slurm_dbd_rollup_last_seconds{period="daily"} 0.5"#,
            #"slurm_dbd_rollup_last_seconds{period="hourly"} 0.5"#,
            #"slurm_dbd_rollup_max_seconds{period="daily"} 2"#, #"slurm_dbd_rollup_max_seconds{period="hourly"} 2"#,
            #"slurm_dbd_rollup_mean_seconds{period="hourly"} 0.75"#,
            #"slurm_dbd_rollup_last_run_timestamp_seconds{period="daily"} 1800"#,
            #"slurm_dbd_rollup_last_run_timestamp_seconds{period="hourly"} 1800"#,
            #"slurm_dbd_rollups_total{period="daily"} 0"#, #"slurm_dbd_rollups_total{period="hourly"} 4"#,
        ]
        #expect(text.lines.filter { $0.hasPrefix("slurm_d") } == expected)
    }

    @Test func countersSayWhenTheyWereReset() {
        var collector = Collector(.accounting, CollectionSettings())
        let text = Exposition(collector.collect(Generation(database: [record]), records.symbols), .openMetrics)
        #expect(text.contains(#"slurm_dbd_rpc_calls_created{message_type="DBD_STEP_START"} 86400"#))
        #expect(text.contains(#"slurm_dbd_rollups_created{period="hourly"} 86400"#))
    }

    @Test func anAnswerWithoutFiguresIsThatSlurmdbdIsDown() {
        let text = Collector.text(.accounting, Generation(), records.symbols)
        #expect(text.lines.filter { $0.hasPrefix("slurm_d") } == ["slurm_dbd_up 0", "slurm_database_up 0"])
    }

    @Test func clustersAndWhatTheyHave() {
        var cluster = ClusterRecord()
        cluster.name = records.symbols.intern("real")
        cluster.controllerHost = "head"
        cluster.controllerPort = 6817
        cluster.protocolVersion = 9728
        cluster.selectPlugin = "cons_tres"
        cluster.flags = records.names(["MULTIPLE_SLURMD", "FEDERATION"])
        cluster.configured[.memory] = 3 << 20
        cluster.configured[.other(records.symbols.intern("gres/gpu:a100"))] = 6
        var gone = ClusterRecord()
        gone.name = records.symbols.intern("gone")
        gone.controllerPort = 0
        let text = Collector.text(.accounting, Generation(clusters: [cluster, gone]), records.symbols)
        #expect(
            text.all("slurm_cluster_registration_info") == [
                #"{cluster_name="gone"} 1"#,
                #"{cluster_name="real",control_host="head",control_port="6817",flags="MULTIPLE_SLURMD,FEDERATION"} 1"#,
            ])
        #expect(text.all("slurm_cluster_rpc_version") == [#"{cluster_name="real"} 9728"#])
        #expect(text.all("slurm_cluster_plugin_info") == [#"{cluster_name="real",select_plugin="cons_tres"} 1"#])
        #expect(text.all("slurm_cluster_federation_info") == [#"{cluster_name="real"} 1"#])
        #expect(
            text.all("slurm_tres_configured") == [
                #"{cluster_name="real",tres_type="gres",tres_name="gpu:a100"} 6"#,
                #"{cluster_name="real",tres_type="mem"} 3145728"#,
            ])
    }

    @Test func trackedResourcesAndWorkloadKeys() {
        func resource(_ id: Int, _ type: String, _ name: String = "") -> TrackedResourceRecord {
            var record = TrackedResourceRecord()
            (record.id, record.type, record.name) = (id, records.symbols.intern(type), records.symbols.intern(name))
            return record
        }
        func key(_ name: String, _ user: String) -> WorkloadKeyRecord {
            var record = WorkloadKeyRecord()
            record.name = records.symbols.intern(name)
            record.user = records.symbols.intern(user)
            record.cluster = records.symbols.intern("real")
            return record
        }
        var settings = CollectionSettings()
        settings.database.includesWorkloadKeys = true
        let generation = Generation(
            trackedResources: [
                resource(1, "cpu"), resource(1000, "dynamic_offset"), resource(1002, "gres", "gpu:a100"),
            ],
            workloadKeys: [key("x", "ann"), key("x", "bob"), key("*y", "ann"), key("*x", "cleo")])
        let text = Collector.text(.accounting, generation, records.symbols, settings)
        #expect(
            text.all("slurm_tres_info") == [
                #"{tres_id="1",tres_type="cpu"} 1"#, #"{tres_id="1002",tres_type="gres",tres_name="gpu:a100"} 1"#,
            ])
        func line(_ key: String, _ user: String, _ isDefault: Bool) -> String {
            #"{wckey="\#(key)",user="\#(user)",default="\#(isDefault)",cluster_name="real"} 1"#
        }
        let keys = [line("x", "ann", false), line("x", "bob", false), line("x", "cleo", true), line("y", "ann", true)]
        #expect(text.all("slurm_wckey_info") == keys)
        #expect(text.all("slurm_wckey_total") == [#"{cluster_name="real"} 2"#])
    }

    @Test func whatJobsHaveByKindOfResource() {
        let text = Collector.text(
            .cluster,
            Generation(jobs: [
                records.job(1, .running, cpus: 8, start: 1500) { job in
                    job.allocated.memoryBytes = 1 << 30
                    job.allocated.nodes = 2
                    job.allocated.billing = 12.4
                    job.allocated.gpus = records.gpus(["h100": 4, "": 1])
                },
                records.job(2, .suspended, cpus: 2, start: 1500), records.job(3, cpus: 100),
                records.job(4, .completed, cpus: 64, start: 1500, end: 1600),
            ]), records.symbols)
        #expect(
            text.all("slurm_tres_allocated") == [
                #"{tres_type="billing"} 12"#, #"{tres_type="cpu"} 10"#, #"{tres_type="gres",tres_name="gpu"} 5"#,
                #"{tres_type="gres",tres_name="gpu:h100"} 4"#, #"{tres_type="mem"} 1073741824"#,
                #"{tres_type="node"} 2"#,
            ])
    }
}
