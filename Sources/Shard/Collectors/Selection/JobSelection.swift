import Slurm

/// The jobs that the settings let through.
struct JobSelection: Sendable {
    private let partitions: Set<String>
    private let states: Set<String>
    private let maximumAgeSeconds: Int?
    private var now = Timestamp(0)

    init(_ settings: CollectionSettings.Jobs) {
        partitions = Set(settings.partitions)
        states = Set(settings.states.map { $0.lowercased() })
        maximumAgeSeconds = settings.maximumAgeSeconds
    }

    mutating func begin(_ context: FoldContext) {
        now = context.expectedTime
    }

    func includes(_ job: borrowing JobRecord, _ symbols: borrowing Symbols) -> Bool {
        isMember(job, symbols) && isInState(job.state) && isRecent(job)
    }

    func isMember(_ job: borrowing JobRecord, _ symbols: borrowing Symbols) -> Bool {
        guard !partitions.isEmpty else { return true }
        for partition in job.partitions where partitions.contains(symbols[partition]) { return true }
        return false
    }

    private func isInState(_ state: JobState) -> Bool {
        states.isEmpty || states.contains(state.effective.name) || states.contains(state.base.rawValue)
            || state.flags.names.contains(where: states.contains)
    }

    private func isRecent(_ job: borrowing JobRecord) -> Bool {
        guard let maximumAgeSeconds, job.state.hasEnded, let end = job.end else { return true }
        return now.since(end) <= maximumAgeSeconds
    }
}
