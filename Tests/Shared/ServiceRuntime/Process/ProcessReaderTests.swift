import TestSupport
import Testing

@testable import ServiceRuntime

struct ProcessReaderTests {
    @Test(arguments: ["slurm-shard", "a b", ") R 1 1", "((", ") ) S (x"])
    func theNameOfTheProgramConfusesNothing(name: String) throws {
        let system = try FakeSystem()
        try system.write(statistics(name: name), to: "proc/self/stat")
        let figures = system.read()
        #expect(figures.userSeconds == 12.34 && figures.systemSeconds == 5.67)
        #expect(figures.threads == 9)
        #expect(figures.virtualBytes == 1_000_000 && figures.residentBytes == 25 * 4_096)
    }

    @Test func theRestComesFromTheOtherFiles() throws {
        let system = try FakeSystem()
        try system.write(statistics(name: "shard"), to: "proc/self/stat")
        try system.write("cpu  1 2 3\nintr 1\nbtime 1700000000\nprocesses 1\n", to: "proc/stat")
        try system.write("Name:\tx\nVmPeak:\t  9 kB\nVmHWM:\t    2048 kB\n", to: "proc/self/status")
        try system.write(
            "Limit  Soft  Hard  Units\nMax open files            1024                 524288               files\n",
            to: "proc/self/limits")
        for descriptor in 0..<3 { try system.write("", to: "proc/self/fd/\(descriptor)") }
        let figures = system.read()
        #expect(figures.startTime == 1_700_000_500.25)
        #expect(figures.peakResidentBytes == 2_097_152)
        #expect(figures.descriptorLimit == 1_024)
        #expect(figures.openDescriptors == 3)
    }

    @Test func whatIsNotThereIsAbsent() throws {
        #expect(try FakeSystem().read() == ProcessFigures())
    }

    @Test(arguments: ["", "1", "1 (shard", "1 (shard) S 1 2 3", "1 (shard) S " + String(repeating: "x ", count: 40)])
    func brokenStatisticsAreAbsent(text: String) throws {
        let system = try FakeSystem()
        try system.write(text, to: "proc/self/stat")
        #expect(system.read() == ProcessFigures())
    }

    @Test func noLimitOfDescriptorsIsAbsent() throws {
        let system = try FakeSystem()
        try system.write("Max open files   unlimited   unlimited   files\n", to: "proc/self/limits")
        #expect(system.read().descriptorLimit == nil)
    }

    private func statistics(name: String) -> String {
        """
        42 (\(name)) S 1 42 42 0 -1 4194560 100 0 0 0 1234 567 0 0 20 0 9 0 50025 1000000 25 \
        18446744073709551615 1 1 0 0 0 0 0 4096 0 0 0 0 17 1 0 0 0 0 0

        """
    }
}
