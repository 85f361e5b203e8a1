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
                + #"array_job_id="5",array_task_id="2"} 1"#,
            #"slurm_job_state{job_id="7",state="suspended"} 1"#, #"slurm_job_tasks{job_id="7"} 1"#,
            #"slurm_job_cpus_requested{job_id="7"} 4"#, #"slurm_job_cpus_allocated{job_id="7"} 4"#,
            #"slurm_job_gpus_allocated{job_id="7",gpu_type="h100"} 2"#,
            #"slurm_job_queue_time_seconds{job_id="7"} 100"#,
            #"slurm_job_run_time_seconds{job_id="7"} 400"#, #"slurm_job_submit_timestamp_seconds{job_id="7"} 1000"#,
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
    }
}
