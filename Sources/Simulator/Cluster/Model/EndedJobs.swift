/// The accounting database's ended jobs, the oldest forgotten first.
public struct EndedJobs: Sendable {
    private var ring = Chunked<EndedJob>()
    private var oldest = 0

    public init() {}

    public var count: Int { ring.count }

    mutating func append(_ job: EndedJob, keeping capacity: Int) {
        if ring.count < capacity {
            ring.append(job)
        } else if capacity > 0 {
            ring[oldest] = job
            oldest = (oldest + 1) % ring.count
        }
    }

    /// By position, the oldest first. Records that have not arrived yet, and those past their age, are among them: see
    /// `Cluster.accountedJobs`.
    public subscript(_ position: Int) -> EndedJob { ring[(oldest + position) % ring.count] }
}

extension EndedJobs: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { count }
}
