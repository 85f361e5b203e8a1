import Slurm
import Testing

@testable import Collectors

struct JobSampleTests {
    private let records = Records()

    private func chosen(_ jobs: [JobRecord], _ adjust: (inout CollectionSettings.Jobs) -> Void) -> Set<UInt32> {
        var settings = CollectionSettings.Jobs()
        adjust(&settings)
        var sample = JobSample(settings)
        sample.begin()
        for job in jobs { sample.add(job) }
        return Set(sample.chosen().map(\.id))
    }

    private func jobs(_ ids: ClosedRange<UInt32>) -> [JobRecord] {
        ids.map { records.job($0, $0 % 3 == 0 ? .running : .pending, in: [$0 % 10 == 0 ? "small" : "large"]) }
    }

    @Test func theShareIsAboutTheShare() {
        let count = chosen(jobs(1...20_000)) { $0.sampleRate = 0.1 }.count
        #expect((1_900...2_100).contains(count))
    }

    @Test func whoIsChosenDoesNotDependOnOthers() {
        let jobs = jobs(1...5000)
        let all = chosen(jobs) { $0.sampleRate = 0.2 }
        let half = chosen(jobs.filter { $0.id % 2 == 0 }) { $0.sampleRate = 0.2 }
        #expect(half == all.filter { $0 % 2 == 0 })
    }

    @Test func everyStratumKeepsOneAtLeast() {
        let rare = records.job(424_242, .suspended, in: ["rare"])
        let withStrata = chosen(jobs(1...500) + [rare]) { $0.sampleRate = 0.01 }
        #expect(withStrata.contains(424_242))
        let without = chosen(jobs(1...500) + [rare]) {
            $0.sampleRate = 1e-12
            $0.samplesByStratum = false
        }
        #expect(without == [])
    }

    @Test func beyondTheMaximumTheSameOnesStay() {
        let jobs = jobs(1...5000)
        let few = chosen(jobs) { $0.maximumSeries = 100 }
        #expect(few.count == 100)
        #expect(chosen(jobs.reversed()) { $0.maximumSeries = 100 } == few)
        #expect(few.isSubset(of: chosen(jobs) { $0.maximumSeries = 200 }))
        #expect(chosen(jobs) { $0.maximumSeries = 0 } == [])
    }

    @Test func whatIsLeftOutIsCounted() {
        var settings = CollectionSettings()
        settings.jobs.includesSeries = true
        settings.jobs.sampleRate = 0.5
        settings.jobs.samplesByStratum = false
        settings.jobs.maximumSeries = 10
        var collector = Collector(.jobs, settings)
        let tables = collector.collect(Generation(jobs: jobs(1...1000)), records.symbols)
        let samples = Exposition(tables).all("slurm_jobs_without_series")
        let numbers = samples.compactMap { Int($0.split(separator: " ")[1]) }
        #expect(numbers.reduce(0, +) == 990)
        #expect(numbers.allSatisfy { $0 > 400 })
    }
}
