import Metrics
import Slurm
import Testing

@testable import Collectors

/// Ended jobs of a cluster without an accounting database.
struct PassingJobTests {
    private static let settings = {
        var settings = CollectionSettings()
        settings.accounting.source = .jobs
        return settings
    }()

    private let records = Records()
    private var fold = PassingRuns(Self.settings)
    private var time: Int64 = 2000

    private mutating func next(_ jobs: [JobRecord], after seconds: Int64 = 60) -> Exposition {
        time += seconds
        return Exposition(fold.fold(jobs, Generation(time: time), records.symbols))
    }

    private func ended(_ id: UInt32, _ end: Int64, _ state: JobState.Base = .completed) -> JobRecord {
        records.job(id, state, cpus: 2, start: end - 100, end: end)
    }

    @Test mutating func eachCountsOnceWhileItIsListed() {
        #expect(next([ended(1, 2010)])["slurm_accounting_jobs_total"] == [#"{state="completed"} 1"#])
        for _ in 0..<3 {
            let text = next([ended(1, 2010), ended(2, 2100, .failed), records.job(3, .running, start: 2000)])
            #expect(
                text["slurm_accounting_jobs_total"].sorted() == [#"{state="completed"} 1"#, #"{state="failed"} 1"#])
            #expect(text["slurm_accounting_cpu_seconds_total"] == [#"{partition="main",account="physics"} 400"#])
            #expect(text.all("slurm_accounting_gaps_total") == [" 0"])
        }
        #expect(next([ended(3, 2200)])["slurm_accounting_elapsed_seconds_total"].first?.hasSuffix(" 300") == true)
    }

    @Test mutating func whatIsForgottenBySlurmIsForgottenHere() {
        _ = next((1...50).map { ended($0, 2010) })
        _ = next([])
        #expect(fold.state?.marks.isEmpty == true)
    }

    @Test mutating func aSuccessorCountsNothingTwice() throws {
        _ = next([ended(1, 2010), ended(2, 2020)])
        let state = try #require(fold.state)
        fold = PassingRuns(Self.settings)
        _ = fold.restore(state)
        let text = next([ended(1, 2010), ended(2, 2020), ended(3, 2070)])
        #expect(text["slurm_accounting_jobs_total"] == [#"{state="completed"} 3"#])
    }

    @Test mutating func aGapIsSaid() throws {
        _ = next([])
        #expect(next([], after: 300).all("slurm_accounting_gaps_total") == [" 0"])
        let text = next([], after: 1000)
        #expect(text.all("slurm_accounting_gaps_total") == [" 1"])
        #expect(text.all("slurm_accounting_gap_seconds_total") == [" 700"])
        let state = try #require(fold.state)
        fold = PassingRuns(Self.settings)
        _ = fold.restore(state)
        #expect(next([], after: 400).all("slurm_accounting_gap_seconds_total") == [" 800"])
    }

    @Test mutating func aGenerationThatCanNotBeKeptIsCountedAgain() {
        _ = next([])
        _ = next([ended(1, 2100)])
        #expect(Exposition(fold.retract())["slurm_accounting_jobs_total"] == [])
        #expect(next([ended(1, 2100)])["slurm_accounting_jobs_total"] == [#"{state="completed"} 1"#])
    }

    /// Over the life of a cluster, each job that was ever seen to have ended counts once.
    @Test(arguments: 0..<5)
    func livingClustersJobsCountOnce(seed: UInt64) {
        var cluster = LivingCluster(seed: seed)
        var fold = PassingRuns(Self.settings)
        var seen: Set<RunKey> = []
        for _ in 0..<40 {
            cluster.step()
            let generation = cluster.generation
            let text = Exposition(fold.fold(generation.jobs, generation, cluster.records.symbols))
            for job in generation.jobs {
                guard let run = EndedRun(job), run.end >= fold.first else { continue }
                seen.insert(run.key)
            }
            let counted = text["slurm_accounting_jobs_total"].compactMap { $0.split(separator: " ").last }
                .compactMap { Int($0) }.reduce(0, +)
            #expect(counted == seen.count)
        }
        #expect(seen.count > 50)
    }
}

extension PassingRuns {
    /// When counting began.
    fileprivate var first: Timestamp { Timestamp(state?.numbers["since"] ?? 0) }
}
