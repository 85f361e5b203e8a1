import ServiceRuntime
import Slurm
import Testing

@testable import Collectors

struct JobHistoryTests {
    private let records = Records()

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func findsEachJobWhateverTheOrder(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let ids = Set((0..<200).map { _ in UInt32.random(in: 1...400, using: &random) })
        var history = JobHistory()
        history.replace(with: ids.shuffled(using: &random).map { JobMark(records.job($0)) }, at: Timestamp(1))
        var place = 0
        for id in (0...401).shuffled(using: &random) as [UInt32] {
            #expect(history.mark(of: id, near: &place)?.id == (ids.contains(id) ? id : nil))
        }
    }

    @Test func theHorizonIsTheLastAnswerButOne() {
        var history = JobHistory()
        #expect(history.horizon == nil)
        for time in [10, 20, 30, 40] as [Int64] { history.replace(with: [], at: Timestamp(time)) }
        #expect(history.horizon == Timestamp(30))
        #expect(history.began == Timestamp(10))
    }

    @Test func aMarkIsSmall() {
        #expect(MemoryLayout<JobMark>.stride <= 16)
    }
}

struct PresumedStateTests {
    @Test(arguments: [
        (JobState.Flags.configuring, JobState.Base.running), (.resizing, .running), (.stopped, .running),
        (.signaling, .running), (.requeued, .pending), (.requeueHold, .pending), (.specialExit, .pending),
        (.completing, .unknown), (.revoked, .unknown), (JobState.Flags(), .unknown),
    ])
    func aFlagInTheStatesPlaceSaysWhatItMustBe(_ flags: JobState.Flags, _ base: JobState.Base) {
        #expect(JobState(.unknown, flags).presumedBase == base)
        #expect(JobState(.suspended, flags).presumedBase == .suspended)
    }

    /// API versions 0.0.38 and 0.0.39 say CONFIGURING in the state's place: what the job has must not go missing.
    @Test func whatAJobHasCountsWhereAFlagHidesItsState() {
        let records = Records()
        let generation = Generation(jobs: [
            records.job(1, .unknown, .configuring, cpus: 8, start: 1500),
            records.job(2, .unknown, .requeueHold, cpus: 2),
            records.job(3, .unknown, .completing, cpus: 4, start: 1500, end: 1900),
        ])
        let text = Collector.text(.jobs, generation, records.symbols)
        #expect(text["slurm_jobs_allocated_cpus"] == [#"{partition="main",state="running"} 8"#])
        #expect(text["slurm_jobs_requested_cpus"] == [#"{partition="main"} 2"#])
        #expect(text["slurm_jobs_by_base_state"] == [#"{partition="main",state="unknown"} 3"#])
    }
}
