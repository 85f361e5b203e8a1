import Glibc
import ServiceRuntime
import TestSupport
import Testing

struct ProcessFiguresTests {
    @Test func thisProcessHasPlausibleFigures() throws {
        let figures = ProcessFigures.read()
        let resident = try #require(figures.residentBytes)
        #expect(resident > 1 << 20)
        #expect(try #require(figures.virtualBytes) > resident)
        #expect(try #require(figures.threads) >= 1)
        #expect(try #require(figures.userSeconds) >= 0)
        #expect(try #require(figures.systemSeconds) >= 0)
        let age = WallClock.system.now.seconds - (try #require(figures.startTime))
        #expect(age > -2 && age < 86_400)
    }

    @Test func thePeakCountsWhatWasGivenBack() throws {
        let before = try #require(ProcessFigures.read().peakResidentBytes)
        let size = Int(before)
        withUnsafeTemporaryAllocation(byteCount: size, alignment: 4_096) { buffer in
            for page in stride(from: 0, to: size, by: 4_096) { buffer[page] = 1 }
        }
        #expect(try #require(ProcessFigures.read().peakResidentBytes) > before)
    }

    @Test func openDescriptorsGrowWithEachThatIsOpened() throws {
        let first = try #require(ProcessFigures.read().openDescriptors)
        let opened = (0..<200).map { _ in dup(2) }
        defer { for descriptor in opened { close(descriptor) } }
        let second = try #require(ProcessFigures.read().openDescriptors)
        // Other tests open and close theirs meanwhile.
        #expect((100...300).contains(second - first))
    }

    @Test func theDescriptorLimitIsTheSoftOne() {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        #expect(ProcessFigures.read().descriptorLimit == Int(limit.rlim_cur))
    }
}
