import ServiceRuntime
import TestSupport
import Testing

struct LogTests {
    private let collected = CollectedLog()

    @Test func aLevelThatIsOffBuildsNothing() {
        let logger = collected.log(LogSettings(level: .warning)).logger("a")
        var built = 0
        func message() -> String {
            built += 1
            return "m"
        }
        logger.info(message())
        #expect(built == 0 && collected.lines.isEmpty)
        logger.warning(message())
        #expect(built == 1 && collected.lines.count == 1)
    }

    @Test func aComponentCanHaveALevelOfItsOwn() {
        let log = collected.log(LogSettings(level: .error, levels: ["upstream": .debug]))
        #expect(log.logger("upstream").isOn(.debug))
        #expect(!log.logger("lease").isOn(.warning))
    }

    @Test func newSettingsHoldForLoggersHandedOutBefore() {
        let log = collected.log(LogSettings(level: .error))
        let logger = log.logger("a").with(["b": 1])
        logger.info("unheard")
        log.settings = LogSettings(format: .json, level: .info)
        logger.info("heard")
        #expect(collected.lines.count == 1)
        #expect(collected.lines.first?.hasSuffix(#""msg":"heard","b":1}"#) == true)
    }

    @Test func fieldsOfTheLoggerComeFirstAndTheCallsOwnHold() {
        let logger = collected.log().logger("a").with(["x": 1, "y": 2])
        logger.info("m", ["z": 3, "x": "call"])
        #expect(collected.lines.first?.hasSuffix(" x=call y=2 z=3") == true)
    }

    @Test func theTimeIsTheWallClocks() {
        let time = ManualClock(wall: UnixTime(nanoseconds: 0))
        Log(output: collected, clock: time.clock, wall: time.wallClock).logger("a").info("m")
        #expect(collected.lines == ["time=1970-01-01T00:00:00.000Z level=info component=a msg=m"])
    }

    @Test func repeatsAreHeldBackAndTheNextLineSaysHowMany() {
        let time = ManualClock()
        let log = Log(output: collected, clock: time.clock, wall: time.wallClock)
        let logger = log.logger("a")
        for attempt in 0..<17 { logger.warning("down", ["attempt": .integer(attempt)]) }
        #expect(collected.lines.count == 5)
        time.advance(by: .seconds(30))
        logger.warning("down", ["attempt": 17])
        #expect(collected.lines.count == 6)
        #expect(collected.lines.last?.hasSuffix(" attempt=17 suppressed=12") == true)
        #expect(log.counts.suppressed == 12)
    }

    @Test func anotherComponentLevelContextOrTextIsNoRepeat() {
        let log = Log(LogSettings(repeats: RepeatLimit(burst: 1)), output: collected)
        for _ in 0..<2 {
            log.logger("a").warning("down")
            log.logger("a").error("down")
            log.logger("a").warning("up")
            log.logger("b").warning("down")
            log.logger("a").with(["cluster": "alpha"]).warning("down")
        }
        #expect(collected.lines.count == 5)
    }

    @Test func linesAreCountedByWhatBecameOfThem() {
        struct Broken: LogOutput {
            func write(_ line: [UInt8]) -> Bool { !line.starts(with: Array("{".utf8)) }
        }
        let log = Log(output: Broken())
        log.logger("a").info("m")
        log.logger("a").error("m")
        log.settings.format = .json
        log.logger("a").error("n")
        #expect(log.counts.written == [.debug: 0, .info: 1, .warning: 0, .error: 1])
        #expect(log.counts.lost == 1)
    }
}
