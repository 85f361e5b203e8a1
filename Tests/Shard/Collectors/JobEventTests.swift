import Metrics
import Slurm
import Testing

@testable import Collectors

struct JobEventTests {
    private let records = Records()
    private var collector = Collector(.jobs, CollectionSettings())
    private var time: Int64 = 2000

    /// Folds the next generation, a minute after the last.
    private mutating func next(_ jobs: [JobRecord]) -> Exposition {
        let tables = collector.collect(Generation(time: time, jobs: jobs), records.symbols)
        time += 60
        return Exposition(tables)
    }

    private func count(_ text: Exposition, _ family: String = "slurm_job_wait_time_seconds") -> String {
        text.all(family + "_count").joined(separator: ";")
    }

    private func sum(_ text: Exposition, _ family: String = "slurm_job_wait_time_seconds") -> String {
        text.all(family + "_sum").joined(separator: ";")
    }

    private static let runtime = "slurm_job_runtime_seconds"
    private static let none = #"{partition="main",qos="normal"} 0"#
    private static let one = #"{partition="main",qos="normal"} 1"#
    private static let two = #"{partition="main",qos="normal"} 2"#

    @Test mutating func whatBeganBeforeTheFirstGenerationDoesNotCount() {
        let jobs = [records.job(1, .running, start: 1500), records.job(2, .completed, start: 1500, end: 1900)]
        for _ in 0..<3 {
            let text = next(jobs)
            #expect(count(text) == Self.none)
            #expect(count(text, Self.runtime) == Self.none)
            #expect(text["slurm_jobs_ended_total"] == [])
        }
    }

    @Test mutating func ratesHoldWhileSlurmGivesTheSameList() {
        _ = next([records.job(1)])
        let running = [records.job(1, .running, start: 2040)]
        let rate = next(running)["slurm_job_start_rate_per_minute"]
        #expect(rate == [#"{partition="main"} 1"#])
        time -= 60
        #expect(next(running)["slurm_job_start_rate_per_minute"] == rate)
    }

    @Test mutating func partitionsComeAndGoWhileSlurmGivesTheSameList() {
        _ = next([records.job(1)])
        let running = [records.job(1, .running, start: 2040)]
        _ = next(running)
        for (known, rates) in [
            (["main", "new"], [#"{partition="main"} 1"#, #"{partition="new"} 0"#]),
            (["main"], [#"{partition="main"} 1"#]),
        ] {
            let text = Exposition(
                collector.collect(Generation(time: 2060, known: known, jobs: running), records.symbols))
            #expect(text.all("slurm_job_start_rate_per_minute") == rates)
        }
    }

    @Test mutating func aStartAndAnEndCountOnceEach() {
        _ = next([records.job(1)])
        var text = next([records.job(1, .running, start: 2040)])
        #expect(count(text) == Self.one)
        #expect(sum(text) == #"{partition="main",qos="normal"} 1040"#)
        text = next([records.job(1, .running, start: 2040)])
        #expect(count(text) == Self.one)
        for _ in 0..<3 {
            text = next([records.job(1, .completed, start: 2040, end: 2170)])
            #expect(count(text, Self.runtime) == Self.one)
            #expect(sum(text, Self.runtime) == #"{partition="main",qos="normal"} 130"#)
        }
        // It has gone from Slurm's list, and counters stay.
        text = next([])
        #expect(count(text) == Self.one)
        #expect(text["slurm_jobs_started_total"] == [#"{partition="main"} 1"#])
        #expect(text["slurm_jobs_ended_total"] == [#"{partition="main",state="completed"} 1"#])
        #expect(
            text["slurm_jobs_completed_total"] == [#"{partition="main",user="ann",account="physics"} 1"#])
    }

    @Test mutating func ratesAreThoseBetweenTheLastTwoAnswers() {
        var text = next([records.job(1), records.job(2)])
        #expect(text.all("slurm_job_start_rate_per_minute") == [])
        time -= 30
        text = next([
            records.job(1, .running, start: 2010), records.job(2, .completed, start: 2010, end: 2020),
        ])
        #expect(text.all("slurm_job_start_rate_per_minute") == [#"{partition="main"} 4"#])
        #expect(text.all("slurm_job_throughput_per_minute") == [#"{partition="main"} 2"#])
        text = next([records.job(1, .running, start: 2010)])
        #expect(text.all("slurm_job_start_rate_per_minute") == [#"{partition="main"} 0"#])
        #expect(text.all("slurm_job_throughput_per_minute") == [#"{partition="main"} 0"#])
    }

    @Test mutating func aJobThatRanBeforeTheFirstGenerationEndsAfterIt() {
        _ = next([records.job(1, .running, start: 1500)])
        let text = next([records.job(1, .failed, start: 1500, end: 2030)])
        #expect(count(text) == Self.none)
        #expect(sum(text, Self.runtime) == #"{partition="main",qos="normal"} 530"#)
        #expect(text["slurm_jobs_failed_total"] == [#"{partition="main",user="ann",account="physics"} 1"#])
    }

    @Test mutating func aJobThatStartsAndEndsBetweenTwoGenerationsCounts() {
        _ = next([])
        let text = next([records.job(1, .completed, start: 2010, end: 2050)])
        #expect(count(text) == Self.one)
        #expect(sum(text, Self.runtime) == #"{partition="main",qos="normal"} 40"#)
    }

    @Test mutating func aSeriesIsThereBeforeItsFirstEvent() {
        #expect(count(next([records.job(1)])) == Self.none)
    }

    @Test mutating func aRequeuedJobStartsAgain() {
        _ = next([records.job(1, .running, start: 1500) { $0.restarts = 0 }])
        var text = next([
            records.job(1, .pending, [.requeued, .completing], cpus: 1, start: 1500, end: 2030) { job in
                job.restarts = 1
                job.nodeList = "n1"
            }
        ])
        #expect(count(text, Self.runtime) == Self.one)
        #expect(text["slurm_jobs_ended_total"] == [])
        text = next([records.job(1) { $0.restarts = 1 }])
        #expect(count(text, Self.runtime) == Self.one)
        text = next([records.job(1, .running, start: 2170) { $0.restarts = 1 }])
        #expect(count(text) == Self.one)
        text = next([records.job(1, .completed, start: 2170, end: 2200) { $0.restarts = 1 }])
        #expect(count(text) == Self.one)
        #expect(count(text, Self.runtime) == Self.two)
    }

    @Test mutating func aRequeueThatNobodySawStartsAgainToo() {
        _ = next([records.job(1, .running, start: 1500) { $0.restarts = 0 }])
        let text = next([records.job(1, .running, start: 2030) { $0.restarts = 1 }])
        #expect(count(text) == Self.one)
        #expect(count(text, Self.runtime) == Self.none)
    }

    /// Slurm sets the start anew when the nodes of a job have booted.
    @Test mutating func aStartThatMovesIsNoSecondStart() {
        _ = next([records.job(1)])
        _ = next([records.job(1, .running, .configuring, start: 2010) { $0.restarts = 0 }])
        let text = next([records.job(1, .running, start: 2100) { $0.restarts = 0 }])
        #expect(count(text) == Self.one)
    }

    @Test mutating func aJobCancelledWhileItWaitedNeverRan() {
        _ = next([records.job(1)])
        let text = next([records.job(1, .cancelled, start: 2030, end: 2030) { $0.nodeList = "" }])
        #expect(count(text) == Self.none)
        #expect(count(text, Self.runtime) == Self.none)
        #expect(text["slurm_jobs_ended_total"] == [#"{partition="main",state="cancelled"} 1"#])
    }

    @Test mutating func suspensionIsLeftOutOfTheRunTime() {
        _ = next([records.job(1, .running, start: 1500)])
        let text = next([
            records.job(1, .completed, start: 1500, end: 2030) { job in
                job.suspended = Timestamp(2000)
                job.secondsBeforeSuspension = 100
            }
        ])
        #expect(sum(text, Self.runtime) == #"{partition="main",qos="normal"} 130"#)
    }

    @Test mutating func aJobThatComesBackIntoSightDoesNotCountAgain() {
        let job = records.job(1, .running, start: 2030)
        _ = next([])
        #expect(count(next([job])) == Self.one)
        for _ in 0..<3 { _ = next([]) }
        #expect(count(next([job])) == Self.one)
    }

    @Test mutating func theNextJobOfAnIDCounts() {
        _ = next([records.job(1, .running, start: 1500)])
        _ = next([records.job(1, .completed, start: 1500, end: 2010)])
        let text = next([records.job(1, .running, start: 2100)])
        #expect(count(text) == Self.one)
    }

    @Test mutating func anAbandonedGenerationChangesNothing() {
        _ = next([records.job(1)])
        let started = records.job(1, .running, start: 2040)
        for place in collector.jobs.indices {
            collector.jobs[place].begin(Generation(time: time).context())
            collector.jobs[place].addAny(started, records.symbols)
        }
        let text = next([started])
        #expect(count(text) == Self.one)
        #expect(text["slurm_jobs_started_total"] == [#"{partition="main"} 1"#])
        #expect(text["slurm_jobs_total"] == [#"{partition="main",state="running"} 1"#])
    }

    /// API versions 0.0.38 and 0.0.39 say COMPLETING in the state's place.
    @Test mutating func howAJobEndedCountsWhenItIsKnown() {
        _ = next([records.job(1, .running, start: 1500)])
        var text = next([records.job(1, .unknown, .completing, cpus: 1, start: 1500, end: 2030)])
        #expect(count(text, Self.runtime) == Self.one)
        #expect(text["slurm_jobs_ended_total"] == [])
        text = next([records.job(1, .timeout, cpus: 1, start: 1500, end: 2030)])
        #expect(count(text, Self.runtime) == Self.one)
        #expect(text["slurm_jobs_ended_total"] == [#"{partition="main",state="timeout"} 1"#])
    }

    @Test mutating func howAJobEndedThatWasOverBeforeCountingBeganDoesNotCount() {
        _ = next([records.job(1, .unknown, .completing, cpus: 1, start: 1500, end: 1990)])
        _ = next([records.job(1, .unknown, .completing, cpus: 1, start: 1500, end: 1990)])
        let text = next([records.job(1, .completed, cpus: 1, start: 1500, end: 1990)])
        #expect(count(text, Self.runtime) == Self.none)
        #expect(text["slurm_jobs_ended_total"] == [])
    }

    @Test mutating func statesThatAreLeftOutOfGaugesStillCountAsEvents() {
        var settings = CollectionSettings()
        settings.jobs.states = ["running"]
        collector = Collector(.jobs, settings)
        _ = next([records.job(1, .running, start: 1500)])
        let text = next([records.job(1, .completed, start: 1500, end: 2030)])
        #expect(count(text, Self.runtime) == Self.one)
    }

    @Test mutating func countersWereCreatedWithTheFirstGeneration() {
        _ = collector.collect(Generation(time: 2000), records.symbols)
        let tables = collector.collect(Generation(time: 2060, jobs: [records.job(1)]), records.symbols)
        let text = Exposition(tables, .openMetrics)
        #expect(text.contains(#"slurm_job_wait_time_seconds_created{partition="main",qos="normal"} 2000"#))
        #expect(text.contains(#"slurm_jobs_started_created{partition="main"} 2000"#))
    }
}

extension Fold {
    fileprivate mutating func addAny(_ job: JobRecord, _ symbols: Symbols) {
        guard let job = job as? Record else { return }
        add(job, symbols)
    }
}
