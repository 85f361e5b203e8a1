import Slurm
import Testing

@testable import Collectors

struct JobTests {
    private let records = Records()

    @Test func aJobCountsOnceWhereItRunsOrMayStartFirst() {
        let generation = Generation(
            known: ["gpu", "main"],
            jobs: [
                records.job(1, in: ["main", "gpu"]), records.job(2, .running, in: ["gpu"], start: 1500),
                records.job(3, .completed, .completing, in: ["gpu"], start: 1500, end: 1900), records.job(4, in: []),
            ])
        let text = Collector.text(.jobs, generation, records.symbols)
        #expect(
            text["slurm_jobs_total"] == [
                #"{partition="gpu",state="completing"} 1"#, #"{partition="gpu",state="running"} 1"#,
                #"{partition="main",state="pending"} 1"#, #"{state="pending"} 1"#,
            ])
        #expect(text["slurm_jobs_pending"] == [" 1", #"{partition="main"} 1"#])
        #expect(text["slurm_job_queue_length"] == text["slurm_jobs_pending"])
        #expect(text["slurm_jobs_flags"] == [#"{partition="gpu",flag="completing"} 1"#])
        #expect(text.contains(#"slurm_jobs_total{partition="gpu",state="pending"} 0"#))
    }

    @Test func unstartedTasksOfAnArrayCountEachAndACutListSaysSo() {
        let generation = Generation(jobs: [
            records.job(1, cpus: 2) { job in
                job.tasks = TaskCount(known: 100)
                job.requested.memoryBytes = 1 << 30
                job.requested.nodes = 1
                job.requested.gpus = records.gpus(["h100": 1])
                job.isHeld = true
            },
            records.job(2) { $0.tasks = TaskCount(known: 17, isCut: true) },
            // An array that was cancelled before any task started ended as one.
            records.job(3, .cancelled, start: 1500, end: 1500) { $0.tasks = TaskCount(known: 50, isCut: true) },
        ])
        let text = Collector.text(.jobs, generation, records.symbols)
        #expect(
            text["slurm_jobs_total"] == [
                #"{partition="main",state="cancelled"} 1"#, #"{partition="main",state="pending"} 117"#,
            ])
        #expect(text["slurm_jobs_records"] == [#"{partition="main"} 3"#])
        #expect(text["slurm_jobs_array_records_cut"] == [#"{partition="main"} 1"#])
        #expect(text["slurm_jobs_requested_cpus"] == [#"{partition="main"} 200"#])
        #expect(text["slurm_jobs_requested_memory_bytes"] == [#"{partition="main"} 107374182400"#])
        #expect(text["slurm_jobs_requested_nodes"] == [#"{partition="main"} 100"#])
        #expect(text["slurm_jobs_requested_gpus"] == [#"{partition="main",gpu_type="h100"} 100"#])
        #expect(text["slurm_jobs_held"] == [#"{partition="main"} 100"#])
    }

    /// As v0.0.38 and v0.0.39 have it.
    @Test func aFlagInTheStatesPlaceSaysWhetherAJobRunsOrWaits() {
        let generation = Generation(jobs: [
            records.job(1, .unknown, .stopped, cpus: 3, start: 1500),
            records.job(2, .unknown, .configuring, cpus: 5, start: 1500),
            records.job(3, .unknown, .completing, cpus: 100, start: 1500, end: 1600),
            records.job(4, .unknown, .specialExit, cpus: 7) { $0.isHeld = true },
        ])
        let text = Collector.text(.jobs, generation, records.symbols)
        #expect(text["slurm_jobs_allocated_cpus"] == [#"{partition="main",state="running"} 8"#])
        #expect(text["slurm_jobs_requested_cpus"] == [#"{partition="main"} 7"#])
        #expect(text["slurm_jobs_held"] == [#"{partition="main"} 1"#])
        #expect(text["slurm_jobs_by_base_state"] == [#"{partition="main",state="unknown"} 4"#])
    }

    @Test func onlyRunningAndSuspendedJobsHoldAnything() {
        let generation = Generation(jobs: [
            records.job(1, .running, cpus: 20_000, start: 1500) { $0.allocated.memoryBytes = 4 << 40 },
            records.job(2, .suspended, cpus: 3, start: 1500),
            records.job(3, .completed, .completing, cpus: 100, start: 1500, end: 1600),
            records.job(4, .running, .configuring, cpus: 5, start: 1500),
        ])
        let text = Collector.text(.jobs, generation, records.symbols)
        #expect(
            text["slurm_jobs_allocated_cpus"] == [
                #"{partition="main",state="running"} 20005"#, #"{partition="main",state="suspended"} 3"#,
            ])
        #expect(
            text["slurm_jobs_allocated_memory_bytes"] == [#"{partition="main",state="running"} 4398046511104"#])
        let cluster = Collector.text(.cluster, generation, records.symbols)
        #expect(cluster["slurm_cluster_job_cpus_allocated"] == [" 20008"])
    }

    @Test func pendingReasonsAddUpToPendingJobs() {
        let generation = Generation(jobs: [
            records.job(1) { $0.reason = records.symbols.intern("Priority") },
            records.job(2) { job in
                job.reason = records.symbols.intern("Resources")
                job.tasks = TaskCount(known: 4)
            },
            records.job(3),
            // Queued again and held: not pending by the state that squeue shows.
            records.job(4, .pending, .requeueHold) { $0.reason = records.symbols.intern("JobHoldMaxRequeue") },
        ])
        let text = Collector.text(.jobs, generation, records.symbols)
        #expect(
            text["slurm_jobs_pending_reason"] == [
                #"{partition="main",reason="None"} 1"#, #"{partition="main",reason="Priority"} 1"#,
                #"{partition="main",reason="Resources"} 4"#,
            ])
        #expect(text["slurm_jobs_pending"] == [#"{partition="main"} 6"#])
    }

    @Test func unknownStatesCountUnderUnknown() {
        let text = Collector.text(.jobs, Generation(jobs: [records.job(1, .unknown)]), records.symbols)
        #expect(text["slurm_jobs_total"] == [#"{partition="main",state="unknown"} 1"#])
    }

    @Test func selectionSaysWhatItLeavesOut() {
        var settings = CollectionSettings()
        settings.jobs.partitions = ["gpu"]
        settings.jobs.states = ["RUNNING", "pending", "completing", "completed"]
        settings.jobs.maximumAgeSeconds = 100
        let generation = Generation(
            time: 2000,
            jobs: [
                records.job(1, in: ["main", "gpu"]), records.job(2, in: ["main"]),
                records.job(3, .failed, in: ["gpu"], start: 1000, end: 1990),
                records.job(4, .completed, in: ["gpu"], start: 1000, end: 1950),
                records.job(5, .completed, in: ["gpu"], start: 1000, end: 1899),
                records.job(6, .cancelled, .completing, in: ["gpu"], start: 1000, end: 2000),
            ])
        let text = Collector.text(.jobs, generation, records.symbols, settings)
        #expect(
            text["slurm_jobs_total"] == [
                #"{partition="gpu",state="completed"} 1"#, #"{partition="gpu",state="completing"} 1"#,
                #"{partition="main",state="pending"} 1"#,
            ])
        #expect(text["slurm_jobs_excluded"] == [" 3"])
        let cluster = Collector.text(.cluster, generation, records.symbols, settings)
        #expect(cluster["slurm_cluster_jobs_total"].count == 4)
    }

    @Test func seriesOfAJobAreOptIn() {
        var settings = CollectionSettings()
        let job = records.job(7, .suspended, in: ["gpu"], cpus: 4, start: 1100) { job in
            job.name = "a\nb"
            job.arrayID = 5
            job.arrayTaskID = 2
            (job.heterogeneousID, job.heterogeneousOffset) = (6, 1)
            job.timeLimitSeconds = .unlimited
            job.suspended = Timestamp(1500)
            job.secondsBeforeSuspension = 400
            job.priority = 0
            job.restarts = 1
            job.allocated.gpus = records.gpus(["h100": 2])
        }
        let generation = Generation(jobs: [job])
        #expect(Collector.text(.jobs, generation, records.symbols, settings).all("slurm_job_info") == [])
        settings.jobs.includesSeries = true
        let text = Collector.text(.jobs, generation, records.symbols, settings)
        let expected = [
            #"slurm_job_info{job_id="7",job_name="a\nb",user="ann",account="physics",partition="gpu",qos="normal","#
                + #"array_job_id="5",array_task_id="2",het_job_id="6",het_job_offset="1"} 1"#,
            #"slurm_job_state{job_id="7",state="suspended"} 1"#, #"slurm_job_tasks{job_id="7"} 1"#,
            #"slurm_job_cpus_requested{job_id="7"} 4"#, #"slurm_job_cpus_allocated{job_id="7"} 4"#,
            #"slurm_job_gpus_allocated{job_id="7",gpu_type="h100"} 2"#,
            #"slurm_job_queue_time_seconds{job_id="7"} 100"#,
            #"slurm_job_run_time_seconds{job_id="7"} 400"#, #"slurm_job_submit_timestamp_seconds{job_id="7"} 1000"#,
            #"slurm_job_eligible_timestamp_seconds{job_id="7"} 1000"#,
            #"slurm_job_start_timestamp_seconds{job_id="7"} 1100"#, #"slurm_job_priority{job_id="7"} 0"#,
            #"slurm_job_restarts{job_id="7"} 1"#,
        ]
        #expect(text.lines.filter { $0.contains(#"job_id="7""#) } == expected)
        #expect(text.all("slurm_job_details") == [#"{partition="gpu"} 1"#])
    }

    @Test func theExpectedStartOfAWaitingJobIsNoStart() {
        var settings = CollectionSettings()
        settings.jobs.includesSeries = true
        let text = Collector.text(
            .jobs, Generation(time: 2000, jobs: [records.job(1, start: 9000, end: 9600)]), records.symbols, settings)
        #expect(text.all("slurm_job_start_timestamp_seconds") == [])
        #expect(text.all("slurm_job_end_timestamp_seconds") == [])
        #expect(text.all("slurm_job_run_time_seconds") == [])
        #expect(text.all("slurm_job_queue_time_seconds") == [#"{job_id="1"} 1000"#])
        #expect(text.all("slurm_job_expected_start_timestamp_seconds") == [#"{job_id="1"} 9000"#])
        #expect(text.all("slurm_job_reason") == [#"{job_id="1",reason="None"} 1"#])
    }

    @Test func whatIsLeftOfALimitIsNeverNegative() {
        var settings = CollectionSettings()
        settings.jobs.includesSeries = true
        let jobs = [(1, 3600), (2, 600), (3, nil)].map { id, limit in
            records.job(id, .running, start: 1000) { $0.timeLimitSeconds = limit.map { .value($0) } ?? .unlimited }
        }
        let waiting = records.job(4) { $0.timeLimitSeconds = .value(60) }
        let text = Collector.text(.jobs, Generation(time: 2000, jobs: jobs + [waiting]), records.symbols, settings)
        #expect(text.all("slurm_job_time_left_seconds") == [#"{job_id="1"} 2600"#, #"{job_id="2"} 0"#])
    }

    @Test func nodesOfAJobAreAskedForByThemselves() {
        var settings = CollectionSettings()
        settings.jobs.includesSeries = true
        let jobs = [
            records.job(1, .running, start: 1000) { $0.nodeList = "cn[08-10],login" },
            records.job(2, .completed, start: 1000, end: 1500) { $0.nodeList = "cn08" },
        ]
        let generation = Generation(jobs: jobs)
        #expect(Collector.text(.jobs, generation, records.symbols, settings).all("slurm_node_job") == [])
        settings.jobs.includesNodes = true
        let text = Collector.text(.jobs, generation, records.symbols, settings)
        let nodes = ["cn08", "cn09", "cn10", "login"].map { "{job_id=\"1\",node=\"\($0)\"} 1" }
        #expect(text.all("slurm_node_job") == nodes)
    }

    @Test func aJobCountsOnceUnderEachFeatureThatItNames() {
        let generation = Generation(jobs: [
            records.job(1, cpus: 4) { job in
                job.features = "ib&[rack1*2&rack2]"
                job.tasks = TaskCount(known: 10)
            },
            records.job(2, .running, cpus: 8, start: 1000) { $0.features = "ib|ib" },
            records.job(3, .completed, cpus: 8, start: 1000, end: 1900) { $0.features = "ib" },
            records.job(4, cpus: 1),
        ])
        let text = Collector.text(.jobs, generation, records.symbols)
        #expect(
            text.all("slurm_feature_jobs") == [
                #"{feature="ib",state="pending"} 10"#, #"{feature="ib",state="running"} 1"#,
                #"{feature="rack1",state="pending"} 10"#, #"{feature="rack2",state="pending"} 10"#,
            ])
        #expect(
            text.all("slurm_feature_cpus") == [
                #"{feature="ib",state="pending"} 40"#, #"{feature="ib",state="running"} 8"#,
                #"{feature="rack1",state="pending"} 40"#, #"{feature="rack2",state="pending"} 40"#,
            ])
        #expect(text.all("slurm_feature_memory_bytes") == [])
    }

    @Test func jobsOfAFederationCountByOriginAndSibling() {
        let generation = Generation(jobs: [
            records.job(1, in: ["main"]) { job in
                job.federationOrigin = records.symbols.intern("west")
                job.federationSiblings = records.names(["west", "east", "west"])
                job.tasks = TaskCount(known: 3)
            },
            records.job(2),
        ])
        let text = Collector.text(.jobs, generation, records.symbols)
        #expect(text.all("slurm_jobs_federated") == [#"{partition="main",origin="west"} 3"#])
        #expect(
            text.all("slurm_jobs_federation_siblings") == [
                #"{partition="main",sibling="east"} 3"#, #"{partition="main",sibling="west"} 3"#,
            ])
    }

    /// A number that is known to be too low is none.
    @Test(arguments: [
        (Collector.Name.jobs, "slurm_jobs_allocated_gpus"), (.cluster, "slurm_cluster_job_gpus_allocated"),
        (.partitions, "slurm_partition_job_gpus_allocated"), (.users, "slurm_user_gpus_allocated"),
        (.accounts, "slurm_account_gpus_allocated"),
    ])
    func gpusOfJobsAreAbsentWhereOneIsNotKnown(_ name: Collector.Name, _ family: String) {
        func text(isKnown: Bool) -> Exposition {
            let jobs = [
                records.job(1, .running, start: 1000) { $0.allocated.gpus = records.gpus(["h100": 2]) },
                records.job(2, .suspended, start: 1000) { $0.areAllocatedGPUsUnknown = !isKnown },
                records.job(3, .completed, start: 1000, end: 1900) { $0.areAllocatedGPUsUnknown = true },
            ]
            return Collector.text(name, Generation(jobs: jobs), records.symbols)
        }
        #expect(text(isKnown: true).all(family).count == 1)
        #expect(text(isKnown: false).all(family) == [])
    }
}
