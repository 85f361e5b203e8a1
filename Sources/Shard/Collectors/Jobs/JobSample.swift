import Slurm

/// Which jobs have series of their own, and their records until the generation ends.
///
/// Whether a job is among the sampled share is decided by its id alone, so it is the same in every generation and in
/// every process. By strata, the share holds for each home partition and state about, and each that has jobs keeps at
/// least one. Beyond the maximum those stay whose number drawn from the id is least.
struct JobSample: Sendable {
    private struct Stratum: Hashable {
        let home: Symbol
        let state: JobState.Effective
    }

    private struct Candidate {
        let draw: UInt64
        let job: JobRecord
    }

    private let share: Double
    private let keepsStrata: Bool
    private let maximum: Int

    private var sampled: [Candidate] = []
    /// Of each stratum of which no job is sampled, the one that would be next; nil once one is.
    private var substitutes: [Stratum: Candidate?] = [:]
    private(set) var records = 0
    private(set) var sampledRecords = 0

    init(_ settings: CollectionSettings.Jobs) {
        share = settings.sampleRate
        keepsStrata = settings.samplesByStratum && settings.sampleRate < 1
        maximum = max(0, settings.maximumSeries)
    }

    mutating func begin() {
        sampled.removeAll()
        substitutes.removeAll()
        records = 0
        sampledRecords = 0
    }

    mutating func add(_ job: borrowing JobRecord) {
        records += 1
        let draw = Self.draw(job.id)
        let isSampled = Double(draw) < share * 0x1p64
        if isSampled {
            sampledRecords += 1
            keep(Candidate(draw: draw, job: copy job))
        }
        if keepsStrata { represent(job, draw, isSampled) }
    }

    private mutating func keep(_ candidate: Candidate) {
        sampled.append(candidate)
        if sampled.count >= 2 * maximum + 64 { trim() }
    }

    private mutating func trim() {
        guard sampled.count > maximum else { return }
        sampled.sort { ($0.draw, $0.job.id) < ($1.draw, $1.job.id) }
        sampled.removeSubrange(maximum...)
    }

    private mutating func represent(_ job: borrowing JobRecord, _ draw: UInt64, _ isSampled: Bool) {
        let stratum = Stratum(home: job.home, state: job.state.effective)
        if isSampled {
            substitutes[stratum] = .some(nil)
        } else if let known = substitutes[stratum] {
            if let known, draw < known.draw { substitutes[stratum] = Candidate(draw: draw, job: copy job) }
        } else {
            substitutes[stratum] = Candidate(draw: draw, job: copy job)
        }
    }

    /// The jobs that have series of their own.
    mutating func chosen() -> [JobRecord] {
        for case let substitute? in substitutes.values {
            sampledRecords += 1
            sampled.append(substitute)
        }
        substitutes.removeAll()
        trim()
        defer { sampled.removeAll() }
        return sampled.map(\.job)
    }

    /// Evenly spread over all numbers (the finaliser of SplitMix64), the same for the same id everywhere.
    private static func draw(_ id: UInt32) -> UInt64 {
        var mixed = UInt64(id) &* 0x9e37_79b9_7f4a_7c15
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
