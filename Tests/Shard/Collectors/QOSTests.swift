import Metrics
import Slurm
import Testing

@testable import Collectors

struct QOSTests {
    private let records = Records()

    private func qos(_ name: String, _ adjust: (inout QOSRecord) -> Void = { _ in }) -> QOSRecord {
        var qos = QOSRecord()
        qos.name = records.symbols.intern(name)
        adjust(&qos)
        return qos
    }

    private func text(_ qos: [QOSRecord], jobs: [JobRecord] = []) -> Exposition {
        Collector.text(.qos, Generation(jobs: jobs, qos: qos), records.symbols)
    }

    @Test func aLimitThatIsNotSetIsAbsentAndZeroIsALimit() {
        let nothing = qos("closed") { qos in
            qos.limits.group[.cpu] = 0
            qos.limits.jobs = 0
            qos.limits.user[.other(records.symbols.intern("gres/gpu"))] = 0
        }
        let text = text([qos("open"), nothing])
        #expect(text.all("slurm_qos_max_cpus") == [#"{qos="closed"} 0"#])
        #expect(text.all("slurm_qos_max_jobs_per_user") == [#"{qos="closed"} 0"#])
        #expect(
            text.all("slurm_qos_limit") == [
                #"{qos="closed",scope="group",tres="cpu"} 0"#, #"{qos="closed",scope="user",tres="gres/gpu"} 0"#,
            ])
        #expect(text.lines.count { $0.contains(#"qos="open""#) } == 1)
    }

    @Test func eachLimitHasAFamilyOfItsScope() {
        let all = qos("all") { qos in
            qos.priority = 1000
            qos.usageFactor = 0.5
            qos.graceSeconds = 120
            qos.limits.groupJobs = 1
            qos.limits.jobs = 2
            qos.limits.accountJobs = 3
            qos.limits.groupSubmittedJobs = 4
            qos.limits.submittedJobs = 5
            qos.limits.accountSubmittedJobs = 6
            qos.limits.jobWallSeconds = 7
            qos.limits.groupWallSeconds = 8
            qos.limits.group[.cpu] = 9
            qos.limits.user[.cpu] = 10
            qos.limits.group[.node] = 11
            qos.limits.leastOfJob[.cpu] = 12
            qos.limits.leastOfJob[.node] = 13
        }
        let text = text([all])
        let families = [
            ("priority", "1000"), ("usage_factor", "0.5"), ("grace_time_seconds", "120"), ("max_jobs", "1"),
            ("max_jobs_per_user", "2"), ("max_jobs_per_account", "3"), ("max_submit_jobs", "4"),
            ("max_submit_jobs_per_user", "5"), ("max_submit_jobs_per_account", "6"), ("max_wall_time_seconds", "7"),
            ("max_group_wall_time_seconds", "8"), ("max_cpus", "9"), ("max_cpus_per_user", "10"), ("max_nodes", "11"),
            ("min_cpus", "12"), ("min_nodes", "13"),
        ]
        for (family, value) in families {
            #expect(text.all("slurm_qos_" + family) == [#"{qos="all"} "# + value], "\(family)")
        }
    }

    @Test func everyLimitOnAResourceIsThereByScope() {
        let all = qos("all") { qos in
            qos.limits.group[.cpu] = 1
            qos.limits.user[.memory] = 2 << 30
            qos.limits.account[.node] = 3
            qos.limits.job[.billing] = 4
            qos.limits.node[.other(records.symbols.intern("gres/gpu:h100"))] = 5
            qos.limits.leastOfJob[.other(records.symbols.intern("license/matlab"))] = 6
            qos.limits.groupMinutes[.cpu] = 7
            qos.limits.jobMinutes[.cpu] = 8
        }
        let text = text([all])
        #expect(
            text.all("slurm_qos_limit") == [
                #"{qos="all",scope="account",tres="node"} 3"#, #"{qos="all",scope="group",tres="cpu"} 1"#,
                #"{qos="all",scope="job",tres="billing"} 4"#,
                #"{qos="all",scope="min_job",tres="license/matlab"} 6"#,
                #"{qos="all",scope="node",tres="gres/gpu:h100"} 5"#,
                #"{qos="all",scope="user",tres="mem"} 2147483648"#,
            ])
        #expect(
            text.all("slurm_qos_limit_tres_minutes") == [
                #"{qos="all",scope="group",tres="cpu"} 7"#, #"{qos="all",scope="job",tres="cpu"} 8"#,
            ])
    }

    @Test func whatAQOSIs() {
        let high = qos("high \"x\"\n") { qos in
            qos.description = "for\\those"
            qos.flags = records.names(["DENY_LIMIT", "NO_DECAY"])
            qos.preempts = records.names(["low"])
            qos.preemptModes = records.names(["REQUEUE"])
        }
        let line =
            #"{qos="high \"x\"\n",description="for\\those",flags="DENY_LIMIT,NO_DECAY",preempts="low","#
            + #"preempt_mode="REQUEUE"} 1"#
        #expect(text([high]).all("slurm_qos_info") == [line])
    }

    @Test func useStandsBesideLimits() {
        let text = text(
            [],
            jobs: [
                records.job(1, .running, qos: "high", cpus: 8, start: 1500) {
                    $0.allocated.gpus = records.gpus(["h100": 4])
                },
                records.job(2, in: ["main", "gpu"], qos: "high", cpus: 2) { $0.tasks = TaskCount(known: 10) },
                records.job(3, .suspended, qos: "", cpus: 3, start: 1500),
            ])
        #expect(
            text["slurm_qos_jobs_total"] == [
                #"{qos="high",state="pending"} 10"#, #"{qos="high",state="running"} 1"#, #"{state="suspended"} 1"#,
            ])
        #expect(text["slurm_qos_cpus_allocated"] == [#"{qos="high"} 8"#, " 3"].sorted())
        #expect(text["slurm_qos_gpus_allocated"] == [#"{qos="high",gpu_type="h100"} 4"#])
        #expect(text["slurm_qos_cpus_requested"] == [#"{qos="high"} 20"#])
    }

    @Test func withoutJobsTheirListIsNotNeeded() {
        var settings = CollectionSettings()
        #expect(Set(Collector(.qos, settings).feeds) == [.qos, .jobs])
        settings.qos.includesJobs = false
        #expect(Collector(.qos, settings).feeds == [.qos])
    }
}
