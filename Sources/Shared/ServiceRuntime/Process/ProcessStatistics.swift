import Glibc

/// `/proc/self/stat`, see proc_pid_stat(5).
struct ProcessStatistics {
    let userSeconds: Double
    let systemSeconds: Double
    let threads: Int
    let startedAfterBoot: Double
    let virtualBytes: UInt64
    let residentBytes: UInt64

    init?(_ text: String) {
        // The name of the program, in parentheses, may itself hold spaces and parentheses.
        guard let name = text.utf8.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = text[text.utf8.index(after: name)...].words
        func field<Number: FixedWidthInteger>(_ number: Int) -> Number? {
            let index = number - 3
            return index < fields.count ? Number(fields[index]) : nil
        }
        guard let user: UInt64 = field(14), let system: UInt64 = field(15), let threads: Int = field(20),
            let start: UInt64 = field(22), let virtual: UInt64 = field(23), let pages: UInt64 = field(24)
        else { return nil }
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        self.userSeconds = Double(user) / ticks
        self.systemSeconds = Double(system) / ticks
        self.threads = threads
        self.startedAfterBoot = Double(start) / ticks
        self.virtualBytes = virtual
        self.residentBytes = pages * UInt64(sysconf(Int32(_SC_PAGESIZE)))
    }
}
