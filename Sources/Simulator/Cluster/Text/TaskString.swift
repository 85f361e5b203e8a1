extension TaskSet {
    /// How many bytes of a list of tasks Slurm writes, unless SLURM_BITSTR_LEN says otherwise.
    public static let usualLength = 64

    /// Appends the ids as array_task_string has them, without `%N`: "0-99", "3,5,7-12", "1-19:2".
    ///
    /// Slurm writes a step only for more than five evenly stepped ids over more than ten, and such a string is never cut.
    /// All others are cut to `length` - 1 bytes, the last three of which are then dots. 0 is no cut, and the dots are
    /// the least that a cut leaves.
    public func append(to buffer: inout [UInt8], length: Int = usualLength) {
        if let run = evenlyStepped {
            buffer.append(decimal: run.first)
            buffer.append(UInt8(ascii: "-"))
            buffer.append(decimal: run.last)
            buffer.append(UInt8(ascii: ":"))
            buffer.append(decimal: run.step)
            return
        }
        let start = buffer.count
        buffer.append(consecutive) { range, buffer in
            buffer.append(decimal: range.lowerBound)
            guard range.count > 1 else { return }
            buffer.append(UInt8(ascii: "-"))
            buffer.append(decimal: range.upperBound)
        }
        guard length > 0, buffer.count - start > length - 3 else { return }
        Self.cut(&buffer, from: start, to: length)
    }

    /// How many tasks the cut string still names for sure: the exact count where it isn't cut.
    ///
    /// The piece that the dots have cut into doesn't count, since its numbers may have lost digits.
    public func knownCount(length: Int = usualLength) -> Int {
        var text: [UInt8] = []
        append(to: &text, length: length)
        guard text.suffix(3).elementsEqual([UInt8](repeating: UInt8(ascii: "."), count: 3)) else { return count }
        let whole = text.count { $0 == UInt8(ascii: ",") }
        return consecutive.prefix(whole).reduce(0) { $0 + $1.count }
    }

    private var evenlyStepped: Run? {
        if runs.count == 1, runs[0].step == 1 { return nil }
        let ids = Array(ids)
        guard ids.count > 5, ids[ids.count - 1] - ids[0] > 10, ids[1] != ids[0] + 1 else { return nil }
        let step = ids[1] - ids[0]
        for (previous, id) in zip(ids, ids.dropFirst()) where id - previous != step { return nil }
        return Run(first: ids[0], last: ids[ids.count - 1], step: step)
    }

    private var consecutive: [ClosedRange<UInt32>] {
        var ranges: [ClosedRange<UInt32>] = []
        for run in runs {
            if run.step == 1 {
                Self.join(run.first...run.last, to: &ranges)
            } else {
                for id in stride(from: run.first, through: run.last, by: Int(run.step)) {
                    Self.join(id...id, to: &ranges)
                }
            }
        }
        return ranges
    }

    private static func join(_ range: ClosedRange<UInt32>, to ranges: inout [ClosedRange<UInt32>]) {
        if let last = ranges.last, last.upperBound + 1 == range.lowerBound {
            ranges[ranges.count - 1] = last.lowerBound...range.upperBound
        } else {
            ranges.append(range)
        }
    }

    private static func cut(_ buffer: inout [UInt8], from start: Int, to length: Int) {
        let end = start + max(length - 1, 3)
        while buffer.count < end { buffer.append(UInt8(ascii: ".")) }
        buffer.removeLast(buffer.count - end)
        for offset in 1...3 { buffer[buffer.count - offset] = UInt8(ascii: ".") }
    }
}

extension Cluster {
    /// Appends array_task_string: empty for anything but the record of unstarted tasks.
    public func append(tasksOf job: Job, to buffer: inout [UInt8], length: Int = TaskSet.usualLength) {
        guard job.arrayTasks.exists else { return }
        taskSets[job.arrayTasks].append(to: &buffer, length: length)
        guard job.arrayMaxRunning > 0 else { return }
        buffer.append(UInt8(ascii: "%"))
        buffer.append(decimal: job.arrayMaxRunning)
    }
}
