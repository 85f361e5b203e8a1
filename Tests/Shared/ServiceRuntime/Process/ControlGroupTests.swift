import TestSupport
import Testing

@testable import ServiceRuntime

struct ControlGroupTests {
    private let unified = "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n"
    private let memory = "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
    private let cpu = "36 31 0:33 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 master:1 - cgroup cgroup rw,cpu,cpuacct\n"

    @Test func theTightestOfTheAncestorsHolds() throws {
        let system = try system("0::/fleet.slice/shard.service\n", unified)
        try write(system, "fleet.slice/shard.service", ["memory.max": "900", "memory.current": "50"])
        try write(system, "fleet.slice/shard.service", ["cpu.max": "max 100000", "cpu.stat": "usage_usec 1\n"])
        try write(system, "fleet.slice", ["memory.max": "500", "memory.current": "400", "cpu.max": "150000 100000"])
        try write(
            system, "fleet.slice",
            ["cpu.stat": "usage_usec 9\nnr_periods 10\nnr_throttled 3\nthrottled_usec 2500000\n"])
        let figures = system.read()
        #expect(figures.memoryGroup == MemoryGroupFigures(limitBytes: 500, usageBytes: 400))
        #expect(
            figures.cpuGroup
                == CPUGroupFigures(cores: 1.5, periods: 10, throttledPeriods: 3, throttledSeconds: 2.5))
    }

    @Test func noLimitIsAbsentAndTheUsageIsOurs() throws {
        let system = try system("0::/a/b\n", unified)
        try write(system, "a/b", ["memory.max": "max\n", "memory.current": "50\n", "cpu.max": "max 100000\n"])
        try write(system, "a", ["memory.max": "max\n", "memory.current": "400\n"])
        try write(system, "a/b", ["cpu.stat": "usage_usec 1\nuser_usec 1\n"])
        let figures = system.read()
        #expect(figures.memoryGroup == MemoryGroupFigures(limitBytes: nil, usageBytes: 50))
        #expect(figures.cpuGroup == CPUGroupFigures())
    }

    @Test func aContainerSeesItsGroupAsTheRoot() throws {
        let system = try system("0::/\n", unified)
        try write(system, "", ["memory.max": "1000", "memory.current": "10", "cpu.max": "50000 100000"])
        #expect(system.read().memoryGroup == MemoryGroupFigures(limitBytes: 1_000, usageBytes: 10))
        #expect(system.read().cpuGroup?.cores == 0.5)
    }

    @Test func theRootOfAMachineHasNoFigures() throws {
        let system = try system("0::/\n", unified)
        #expect(system.read() == ProcessFigures())
    }

    @Test func aGroupOutsideTheNamespaceIsNotSeen() throws {
        let system = try system("0::/../other\n", unified)
        try write(system, "", ["memory.max": "1000", "memory.current": "10"])
        #expect(system.read().memoryGroup == nil)
    }

    @Test func versionOneHasItsOwnFiles() throws {
        let system = try system("4:cpu,cpuacct:/shard\n5:memory:/shard\n1:name=systemd:/shard\n", memory + cpu)
        try write(system, "memory/shard", ["memory.limit_in_bytes": "700\n", "memory.usage_in_bytes": "60\n"])
        try write(system, "memory", ["memory.limit_in_bytes": "9223372036854771712\n"])
        try write(system, "cpu,cpuacct/shard", ["cpu.cfs_quota_us": "200000\n", "cpu.cfs_period_us": "100000\n"])
        try write(
            system, "cpu,cpuacct/shard", ["cpu.stat": "nr_periods 7\nnr_throttled 2\nthrottled_time 1500000000\n"])
        let figures = system.read()
        #expect(figures.memoryGroup == MemoryGroupFigures(limitBytes: 700, usageBytes: 60))
        #expect(
            figures.cpuGroup == CPUGroupFigures(cores: 2, periods: 7, throttledPeriods: 2, throttledSeconds: 1.5))
    }

    @Test(arguments: ["9223372036854771712", "9223372036854710272", "18446744073709551615"])
    func versionOneSaysNoLimitWithAHugeNumber(limit: String) throws {
        let system = try system("4:cpu:/\n5:memory:/\n", memory + cpu)
        try write(system, "memory", ["memory.limit_in_bytes": limit, "memory.usage_in_bytes": "60"])
        try write(system, "cpu,cpuacct", ["cpu.cfs_quota_us": "-1", "cpu.cfs_period_us": "100000"])
        #expect(system.read().memoryGroup == MemoryGroupFigures(limitBytes: nil, usageBytes: 60))
        #expect(system.read().cpuGroup == nil)
    }

    @Test func aContainerWithoutANamespaceFindsItselfByTheRootOfTheMount() throws {
        let mount = "35 31 0:32 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n"
        let system = try system("5:memory:/docker/abc/child\n", mount)
        try write(system, "memory/child", ["memory.limit_in_bytes": "700", "memory.usage_in_bytes": "60"])
        #expect(system.read().memoryGroup == MemoryGroupFigures(limitBytes: 700, usageBytes: 60))
    }

    @Test func aNameThatOnlyStartsAlikeIsAnotherGroup() throws {
        let mount = "35 31 0:32 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n"
        let system = try system("5:memory:/docker/abcdef\n", mount)
        try write(system, "memory", ["memory.limit_in_bytes": "700"])
        #expect(system.read().memoryGroup == nil)
    }

    @Test func aHybridSystemTakesEachControllerWhereItIs() throws {
        let unified = "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n"
        let system = try system("4:memory:/a\n0::/b\n", unified + memory)
        try write(system, "memory/a", ["memory.limit_in_bytes": "700", "memory.usage_in_bytes": "60"])
        try write(system, "unified/b", ["cpu.max": "100000 100000", "memory.max": "1"])
        #expect(system.read().memoryGroup?.limitBytes == 700)
        #expect(system.read().cpuGroup?.cores == 1)
    }

    @Test func pathsWithSpacesAndColonsAreRead() throws {
        let mount = #"30 23 0:26 / /sys/fs/c\040g\134roup rw - cgroup2 cgroup2 rw"#
        let system = try system("0::/a:b c\n", mount)
        try system.write("12", to: #"sys/fs/c g\roup/a:b c/memory.max"#)
        #expect(system.read().memoryGroup?.limitBytes == 12)
    }

    @Test(arguments: ["", "x", "::", "1:2", "30 23 0:26 / /sys/fs/cgroup rw -", "- - - - - - - -"])
    func brokenFilesAreAbsent(text: String) throws {
        #expect(try system(text, text).read() == ProcessFigures())
    }

    private func system(_ membership: String, _ mountinfo: String) throws -> FakeSystem {
        let system = try FakeSystem()
        try system.write(membership, to: "proc/self/cgroup")
        try system.write("22 1 0:20 / /proc rw - proc proc rw\n" + mountinfo, to: "proc/self/mountinfo")
        return system
    }

    private func write(_ system: FakeSystem, _ group: String, _ files: [String: String]) throws {
        for (name, text) in files {
            try system.write(text, to: "sys/fs/cgroup/\(group)/\(name)")
        }
    }
}
