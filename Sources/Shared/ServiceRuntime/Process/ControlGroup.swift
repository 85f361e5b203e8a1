/// The group of this process for one controller, with its ancestors as far as they can be seen.
struct ControlGroup: Sendable {
    enum Version {
        case one, two
    }

    private let version: Version
    /// The own one first.
    private let directories: [String]

    init(version: Version, mountPoint: String, names: [Substring]) {
        self.version = version
        self.directories = (0...names.count).reversed().map { depth in
            names.prefix(depth).reduce(mountPoint) { "\($0)/\($1)" }
        }
    }

    func memoryFigures() -> MemoryGroupFigures? {
        let tightest = tightest(memoryLimit)
        let usage = number(in: version == .one ? "memory.usage_in_bytes" : "memory.current", of: tightest.directory)
        guard usage != nil || tightest.limit != nil else { return nil }
        return MemoryGroupFigures(limitBytes: tightest.limit, usageBytes: usage)
    }

    func cpuFigures() -> CPUGroupFigures? {
        let tightest = tightest(cores)
        let statistics = SmallFile.text("\(tightest.directory)/cpu.stat")
        guard statistics != nil || tightest.limit != nil else { return nil }
        func statistic(_ name: String) -> UInt64? {
            statistics.flatMap { SmallFile.words(after: "\(name) ", in: $0)?.first }.flatMap { UInt64($0) }
        }
        return CPUGroupFigures(
            cores: tightest.limit, periods: statistic("nr_periods"), throttledPeriods: statistic("nr_throttled"),
            throttledSeconds: version == .one
                ? statistic("throttled_time").map { Double($0) / 1e9 }
                : statistic("throttled_usec").map { Double($0) / 1e6 })
    }
}

extension ControlGroup {
    /// The lowest limit and who has it, or the own group when nobody has one.
    private func tightest<Limit: Comparable>(
        _ limit: (_ directory: String) -> Limit?
    ) -> (directory: String, limit: Limit?) {
        directories.reduce((directories[0], nil)) { tightest, directory in
            guard let candidate = limit(directory) else { return tightest }
            guard let lowest = tightest.1, lowest <= candidate else { return (directory, candidate) }
            return tightest
        }
    }

    private func memoryLimit(_ directory: String) -> UInt64? {
        switch version {
        case .one: number(in: "memory.limit_in_bytes", of: directory).flatMap { $0 < unlimitedMemory ? $0 : nil }
        case .two: number(in: "memory.max", of: directory)
        }
    }

    private func cores(_ directory: String) -> Double? {
        let (quota, period) = version == .one ? quotaOne(directory) : quotaTwo(directory)
        guard let quota, let period, quota > 0, period > 0 else { return nil }
        return quota / period
    }

    private func quotaOne(_ directory: String) -> (quota: Double?, period: Double?) {
        (
            SmallFile.number("\(directory)/cpu.cfs_quota_us"), SmallFile.number("\(directory)/cpu.cfs_period_us")
        )
    }

    /// `max 100000` or `150000 100000`.
    private func quotaTwo(_ directory: String) -> (quota: Double?, period: Double?) {
        let words = SmallFile.text("\(directory)/cpu.max")?[...].words ?? []
        return words.count == 2 ? (Double(words[0]), Double(words[1])) : (nil, nil)
    }

    private func number(in file: String, of directory: String) -> UInt64? {
        SmallFile.number("\(directory)/\(file)")
    }
}

/// Version 1 says "no limit" with the greatest count of pages, which depends on the size of a page.
private let unlimitedMemory: UInt64 = 1 << 62
