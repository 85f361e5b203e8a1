/// The tasks of an array that one record stands for: ascending, disjoint ranges of evenly stepped ids.
public struct TaskSet: Hashable, Sendable {
    public struct Run: Hashable, Sendable, BitwiseCopyable {
        public let first: UInt32
        public let last: UInt32
        public let step: UInt32

        public var count: Int { Int((last - first) / step) + 1 }
    }

    public private(set) var runs: [Run]

    public init(_ runs: [Run]) {
        self.runs = runs
    }

    public init(_ ids: ClosedRange<UInt32>, by step: UInt32 = 1) {
        runs = [Run(first: ids.lowerBound, last: ids.upperBound - (ids.upperBound - ids.lowerBound) % step, step: step)]
    }

    public init(ids: [UInt32]) {
        runs = ids.map { Run(first: $0, last: $0, step: 1) }
    }

    public var count: Int { runs.reduce(0) { $0 + $1.count } }

    public var ids: some Sequence<UInt32> {
        runs.lazy.flatMap { stride(from: $0.first, through: $0.last, by: Int($0.step)) }
    }

    /// Takes the lowest id out, as the scheduler does when it starts a task.
    mutating func removeFirst() -> UInt32 {
        let run = runs[0]
        if run.first == run.last {
            runs.removeFirst()
        } else {
            runs[0] = Run(first: run.first + run.step, last: run.last, step: run.step)
        }
        return run.first
    }
}

extension TaskSet: Vacatable {
    public static var vacant: TaskSet { TaskSet([Run]()) }
    public var isVacant: Bool { runs.isEmpty }
}
