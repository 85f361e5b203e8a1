import SimulatedCluster
import Testing

@testable import SimulatedCommands

/// The small parts of lines: times, lengths of time, amounts, fractions.
struct WritingTests {
    private func written(_ write: (inout [UInt8]) -> Void) -> String {
        var bytes: [UInt8] = []
        write(&bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        (0, "00:00:00", "0:00"), (59, "00:00:59", "0:59"), (754, "00:12:34", "12:34"), (3600, "01:00:00", "1:00:00"),
        (86_399, "23:59:59", "23:59:59"), (86_400, "1-00:00:00", "1-00:00:00"), (900_061, "10-10:01:01", "10-10:01:01"),
    ])
    func lengthsOfTimeHaveTwoForms(seconds: Int, long: String, short: String) {
        #expect(written { $0.append(duration: seconds) } == long)
        #expect(written { $0.append(shortDuration: seconds) } == short)
    }

    @Test(
        arguments: [
            (0, "00:00:00"), (1_500_000, "00:01.500"), (61_000_000, "00:01:01"), (3_599_999_000, "59:59.999"),
            (3_600_500_000, "01:00:00"), (90_000_000_000, "1-01:00:00"), (999, "00:00:00"),
        ] as [(UInt64, String)])
    func cpuTimeHasMillisecondsBelowAnHour(microseconds: UInt64, text: String) {
        #expect(written { $0.append(cpuMicroseconds: microseconds) } == text)
    }

    @Test(arguments: [
        (0, "0"), (512, "512M"), (1024, "1G"), (1536, "1.50G"), (2561, "2561M"), (128_000, "125G"),
        (64_000, "62.50G"), (3_000_000, "3000000M"), (1_048_576, "1T"),
    ])
    func memoryIsInTheLargestUnitThatHalvesIt(mebibytes: Int, text: String) {
        #expect(written { $0.append(Double(mebibytes), keptIn: .mega) } == text)
    }

    @Test func unitsCanBeChosen() {
        #expect(written { $0.append(1536, keptIn: .mega, .asKept) } == "1536M")
        #expect(written { $0.append(1536, keptIn: .mega, .fixed(.giga)) } == "1.50G")
        #expect(written { $0.append(3, keptIn: .giga, .fixed(.mega)) } == "3072M")
    }

    @Test(
        arguments: [
            (0.0, 6, "0.000000"), (1.0, 6, "1.000000"), (0.5, 0, "0"), (1.5, 0, "2"), (2.675, 2, "2.67"),
            (0.065789473684210523, 6, "0.065789"), (-0.125, 2, "-0.12"), (1e15, 6, "1000000000000000.000000"),
            (12_500.0 / 4_294_967_295.0, 14, "0.00000291038305"), (10_500.0 / 4_294_967_295.0, 14, "0.00000244472176"),
            (.infinity, 6, "inf"), (-.infinity, 6, "-inf"), (.nan, 6, "nan"), (.leastNonzeroMagnitude, 6, "0.000000"),
        ] as [(Double, Int, String)])
    func fractionsAreRoundedByTheirExactValue(value: Double, digits: Int, text: String) {
        #expect(written { $0.append(fixed: value, digits: digits) } == text)
    }

    @Test(arguments: [
        (0 as UInt32, "Unknown"), (1_768_514_400, "2026-01-15T22:00:00"), (951_782_400, "2000-02-29T00:00:00"),
        (4_107_542_399, "2100-02-28T23:59:59"), (4_107_542_400, "2100-03-01T00:00:00"), (86_399, "1970-01-01T23:59:59"),
    ])
    func timesAreISOInUTC(seconds: UInt32, text: String) {
        #expect(written { Clock().append(Timestamp(seconds), to: &$0) } == text)
    }

    @Test(arguments: [
        ("%s", "1768514400"), ("standard", "2026-01-15T22:00:00"), ("%d/%m/%y %H:%M", "15/01/26 22:00"),
        ("", "2026-01-15T22:00:00"), ("%a %b %e%%", "Thu Jan %e%"), ("%F %T %Z", "2026-01-15 22:00:00 UTC"),
    ])
    func timesFollowAFormat(format: String, text: String) {
        #expect(written { Clock(format: format).append(Timestamp(1_768_514_400), to: &$0) } == text)
    }

    @Test func everyDayHasADateAndBack() {
        for day in stride(from: UInt32(1), to: 49_000, by: 7) {
            let time = Timestamp(day * 86_400 + 12_345)
            let moment = Moment(time)
            #expect(
                Moment.time(year: moment.year, month: moment.month, day: moment.day, seconds: moment.seconds) == time)
        }
    }

    @Test(arguments: [
        ("now", 1_768_514_400 as UInt32?), ("now-1hours", 1_768_510_800), ("now+2days", 1_768_687_200),
        ("2026-01-15", 1_768_435_200), ("2026-01-15T22:00", 1_768_514_400), ("midnight", 1_768_435_200),
        ("22:00:00", 1_768_514_400), ("uts=5", 5), ("2026-13-01", nil), ("soon", nil), ("2026-01-15T25:00", nil),
        ("now-", nil), ("", nil),
    ])
    func timesCanBeAskedFor(text: String, seconds: UInt32?) {
        let time = SlurmTime.read(text, now: Timestamp(1_768_514_400))
        #expect(time?.seconds == seconds)
    }
}
