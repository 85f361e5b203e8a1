import Glibc

/// Reads figures from /proc and the control groups. Which groups these are, and when the process started, is found out
/// once: a process moved to another group later shows the figures of its first.
struct ProcessReader: Sendable {
    private let directory: String
    private let memory: ControlGroup?
    private let cpu: ControlGroup?
    private let startTime: Double?

    /// - Parameter root: stands before every path, for tests.
    init(root: String = "") {
        directory = "\(root)/proc/self"
        let groups = ControlGroups(
            membership: SmallFile.text("\(directory)/cgroup") ?? "",
            mountinfo: SmallFile.text("\(directory)/mountinfo") ?? "", root: root)
        memory = groups.group(of: "memory")
        cpu = groups.group(of: "cpu")
        startTime = Self.startTime(
            statistics: ProcessStatistics(SmallFile.text("\(directory)/stat") ?? ""),
            system: SmallFile.text("\(root)/proc/stat") ?? "")
    }

    func read() -> ProcessFigures {
        var figures = ProcessFigures()
        readStatistics(into: &figures)
        figures.peakResidentBytes = peakResidentBytes()
        figures.openDescriptors = Self.entries(of: "\(directory)/fd")
        figures.descriptorLimit = descriptorLimit()
        figures.startTime = startTime
        figures.memoryGroup = memory?.memoryFigures()
        figures.cpuGroup = cpu?.cpuFigures()
        return figures
    }

    private func readStatistics(into figures: inout ProcessFigures) {
        guard let statistics = SmallFile.text("\(directory)/stat").flatMap(ProcessStatistics.init) else { return }
        figures.userSeconds = statistics.userSeconds
        figures.systemSeconds = statistics.systemSeconds
        figures.threads = statistics.threads
        figures.virtualBytes = statistics.virtualBytes
        figures.residentBytes = statistics.residentBytes
    }

    private func peakResidentBytes() -> UInt64? {
        SmallFile.text("\(directory)/status")
            .flatMap { SmallFile.words(after: "VmHWM:", in: $0)?.first }
            .flatMap { UInt64($0) }
            .map { $0 * 1_024 }
    }

    private func descriptorLimit() -> Int? {
        SmallFile.text("\(directory)/limits")
            .flatMap { SmallFile.words(after: "Max open files", in: $0)?.first }
            .flatMap { Int($0) }
    }

    private static func startTime(statistics: ProcessStatistics?, system: String) -> Double? {
        guard let statistics, let boot = SmallFile.words(after: "btime", in: system)?.first.flatMap({ Double($0) })
        else { return nil }
        return boot + statistics.startedAfterBoot
    }

    /// Without the one that listing them opens.
    private static func entries(of path: String) -> Int? {
        guard let directory = opendir(path) else { return nil }
        defer { closedir(directory) }
        let own = String(dirfd(directory))
        var count = 0
        while let entry = readdir(directory) {
            let name = Self.name(of: entry)
            if !name.hasPrefix("."), name != own { count += 1 }
        }
        return count
    }

    private static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
        withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
