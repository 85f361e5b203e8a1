import Metrics
import Slurm
import Testing

@testable import Collectors

struct EndedJobTests {
    private let records = Records()
    private var fold = AccountedRuns(CollectionSettings())
    private var time: Int64 = 1_000_000

    private func job(
        _ id: UInt32, _ state: JobState.Base = .completed, user: String = "ann", end: Int64 = 999_000,
        _ adjust: (inout AccountedJobRecord) -> Void = { _ in }
    ) -> AccountedJobRecord {
        var job = AccountedJobRecord()
        job.id = id
        job.state = JobState(state)
        job.user = records.symbols.intern(user)
        job.account = records.symbols.intern("physics")
        job.partition = records.symbols.intern("main")
        job.qos = records.symbols.intern("normal")
        job.submitted = Timestamp(990_000)
        job.start = Timestamp(end - 3600)
        job.end = Timestamp(end)
        job.elapsedSeconds = 3600
        job.allocated.cpus = 4
        job.allocated.memoryBytes = 8_000_000_000
        job.userSeconds = 1800
        job.systemSeconds = 1800
        job.usedMemoryBytes = 2_000_000_000
        job.maximumMemoryBytes = 1_000_000_000
        job.steps = 2
        adjust(&job)
        return job
    }

    private mutating func next(_ jobs: [AccountedJobRecord]) -> Exposition {
        _ = fold.ask(at: Timestamp(time))
        let tables = fold.fold(jobs, Generation(time: time), records.symbols)
        time += 60
        return Exposition(tables)
    }

    @Test mutating func aJobIsWhatItUsedAndHad() {
        let text = next([job(1)])
        let owner = #"{partition="main",account="physics"}"#
        #expect(text["slurm_accounting_jobs_total"] == [#"{state="completed"} 1"#])
        #expect(text["slurm_accounting_elapsed_seconds_total"] == ["\(owner) 3600"])
        #expect(text["slurm_accounting_cpu_seconds_total"] == ["\(owner) 14400"])
        #expect(text["slurm_accounting_memory_gb_hours_total"] == ["\(owner) 8"])
        #expect(text["slurm_job_waste_cpu_hours"] == ["\(owner) 3"])
        #expect(text["slurm_job_waste_memory_gb_hours"] == ["\(owner) 6"])
        #expect(text["slurm_job_cpu_efficiency_ratio_sum"] == ["\(owner) 0.25"])
        #expect(text["slurm_job_efficiency_percentage_sum"] == [#"{partition="main"} 25"#])
        #expect(text["slurm_accounting_job_memory_efficiency_ratio_sum"] == ["\(owner) 0.25"])
        #expect(text["slurm_account_cpu_hours_used_total"] == [#"{user="ann",account="physics"} 4"#])
        #expect(text["slurm_job_cpu_hours_total"] == [#"{partition="main",user="ann",account="physics"} 4"#])
        #expect(text["slurm_job_step_ended_total"] == [#"{partition="main"} 2"#])
        #expect(text["slurm_job_step_cpu_seconds_total"] == [#"{partition="main"} 3600"#])
        #expect(text["slurm_job_step_memory_used_bytes_sum"] == [#"{partition="main"} 1000000000"#])
        #expect(
            text["slurm_jobs_terminal_total"] == [
                #"{partition="main",account="physics",state="completed",exit_class="success"} 1"#
            ])
    }

    /// As where several want to know, and another's question was asked.
    private mutating func next(_ jobs: [AccountedJobRecord], asked question: EndedJobsQuestion) -> Exposition {
        fold.begin(FoldContext(expectedTime: Timestamp(time), endedJobs: question))
        for job in jobs { fold.add(job, records.symbols) }
        let tables = fold.end(records.symbols, at: Timestamp(time))
        time += 60
        return Exposition(tables)
    }

    @Test mutating func whatAnotherAskedForCountsWhereItReachesBackFarEnough() {
        _ = next([job(1)])
        let late = EndedJobsQuestion(from: Timestamp(time - 600), to: Timestamp(time))
        #expect(next([job(2)], asked: late)["slurm_accounting_jobs_total"] == [#"{state="completed"} 1"#])
        let early = EndedJobsQuestion(from: Timestamp(time - 7200), to: Timestamp(time))
        #expect(next([job(1), job(2)], asked: early)["slurm_accounting_jobs_total"] == [#"{state="completed"} 2"#])
        #expect(fold.ask(at: Timestamp(time)).from == Timestamp(time - 60 - 1800))
    }

    @Test mutating func statesBeginAtZero() {
        #expect(next([]).all("slurm_accounting_jobs_total").count == 9)
    }

    @Test mutating func aJobThatIsShownAgainCountsNoMore() {
        for _ in 0..<3 {
            let text = next([job(1), job(2, .failed), job(2, .failed)])
            #expect(
                text["slurm_accounting_jobs_total"].sorted() == [#"{state="completed"} 1"#, #"{state="failed"} 1"#])
        }
    }

    @Test mutating func whatIsNotOverIsNotCounted() {
        let text = next([
            job(1, .running) { $0.end = nil }, job(2, .pending) { $0.end = nil }, job(3) { $0.end = Timestamp(0) },
        ])
        #expect(text["slurm_accounting_jobs_total"] == [])
    }

    @Test mutating func aRunThatGoesOnElsewhereIsOver() {
        let requeued = job(1) { $0.state = JobState(.unknown, .requeued) }
        let text = next([requeued, job(1) { $0.start = Timestamp(998_000) }])
        #expect(
            text["slurm_accounting_jobs_total"].sorted() == [#"{state="completed"} 1"#, #"{state="requeued"} 1"#])
        #expect(text["slurm_accounting_elapsed_seconds_total"] == [#"{partition="main",account="physics"} 7200"#])
    }

    @Test mutating func aBrokenGenerationLeavesNoTrace() {
        _ = next([job(1)])
        _ = fold.ask(at: Timestamp(time))
        fold.begin(Generation(time: time).context())
        fold.add(job(2), records.symbols)
        #expect(next([])["slurm_accounting_jobs_total"] == [#"{state="completed"} 1"#])
        #expect(next([job(2)])["slurm_accounting_jobs_total"] == [#"{state="completed"} 2"#])
    }

    @Test mutating func aGenerationThatCanNotBeKeptIsCountedAgain() {
        let before = next([job(1)])
        _ = next([job(1), job(2)])
        let retracted = Exposition(fold.retract())
        #expect(retracted["slurm_accounting_jobs_total"] == before["slurm_accounting_jobs_total"])
        #expect(next([job(1), job(2)])["slurm_accounting_jobs_total"] == [#"{state="completed"} 2"#])
    }

    @Test mutating func aSuccessorGoesOn() throws {
        _ = next([job(1), job(2, .timeout)])
        let state = try #require(fold.state)
        fold = AccountedRuns(CollectionSettings())
        let isTaken = fold.restore(state)
        #expect(isTaken)
        let text = next([job(1), job(2, .timeout), job(3)])
        #expect(text["slurm_accounting_jobs_total"].sorted() == [#"{state="completed"} 2"#, #"{state="timeout"} 1"#])
        #expect(text["slurm_job_efficiency_percentage_count"] == [#"{partition="main"} 3"#])
        #expect(text["slurm_job_waste_cpu_hours"] == [#"{partition="main",account="physics"} 9"#])
    }

    @Test mutating func aStrangersStateIsNotTaken() throws {
        _ = next([job(1)])
        var state = try #require(fold.state)
        state.name = "something_else"
        var other = AccountedRuns(CollectionSettings())
        let isTaken = other.restore(state)
        #expect(!isTaken && other.state == nil)
    }

    @Test mutating func otherBucketsBeginAnew() throws {
        _ = next([job(1)])
        let state = try #require(fold.state)
        var settings = CollectionSettings()
        settings.histograms.memoryUse = [1, 2, 3]
        fold = AccountedRuns(settings)
        _ = fold.restore(state)
        let text = next([job(2)])
        #expect(text["slurm_job_step_memory_used_bytes_count"] == [#"{partition="main"} 1"#])
        #expect(text["slurm_job_efficiency_percentage_count"] == [#"{partition="main"} 2"#])
    }

    @Test mutating func withoutStepsNobodyKnowsWhatWasUsed() {
        var settings = CollectionSettings()
        settings.accounting.includesSteps = false
        fold = AccountedRuns(settings)
        #expect(!fold.ask(at: Timestamp(time)).includesSteps)
        #expect(!fold.families.contains { $0.name.text.contains("efficiency") || $0.name.text.contains("waste") })
        fold = AccountedRuns(CollectionSettings())
        let text = next([job(1) { ($0.userSeconds, $0.systemSeconds, $0.usedMemoryBytes) = (nil, nil, nil) }])
        #expect(text.all("slurm_job_waste_cpu_hours") == [] && text.all("slurm_job_cpu_efficiency_ratio_count") == [])
        #expect(text["slurm_accounting_cpu_seconds_total"].count == 1)
    }

    @Test mutating func moreThanAllocatedIsNoNegativeWaste() {
        let text = next([job(1) { ($0.userSeconds, $0.usedMemoryBytes) = (100_000, 9_000_000_000) }])
        #expect(text["slurm_job_waste_cpu_hours"] == [] && text["slurm_job_waste_memory_gb_hours"] == [])
        #expect(text.contains(#"slurm_job_efficiency_percentage_bucket{partition="main",le="100"} 0"#))
        #expect(text["slurm_job_efficiency_percentage_count"] == [#"{partition="main"} 1"#])
    }

    @Test(arguments: [
        (JobState.Base.completed, 0, 0, ExitClass.success), (.failed, 1, 0, .failure), (.failed, 0, 11, .signal),
        (.timeout, 0, 15, .timeout), (.deadline, 0, 0, .timeout), (.outOfMemory, 0, 125, .outOfMemory),
        (.nodeFail, 0, 0, .node), (.bootFail, 0, 0, .node), (.cancelled, 0, 15, .cancelled),
        (.preempted, 0, 0, .preempted), (.unknown, 0, 0, .continued),
    ])
    func howAJobEndsSaysWhoseFaultItWas(state: JobState.Base, code: Int, signal: Int, exit: ExitClass) {
        #expect(ExitClass(JobState(state), ExitStatus(code: code, signal: signal)) == exit)
    }
}
