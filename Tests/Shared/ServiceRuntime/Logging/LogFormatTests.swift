import Foundation
import Testing

@testable import ServiceRuntime

struct LogFormatTests {
    @Test func logfmtWritesEachTypeInItsOwnWay() {
        let line = text(.logfmt, "slow answer", ["feed": "jobs", "n": 12, "ratio": 0.5, "ok": false, "took": took])
        #expect(
            line == """
                time=2026-02-03T04:05:06.789Z level=warning component=upstream msg="slow answer" feed=jobs n=12 \
                ratio=0.5 ok=false took=1.25s

                """)
    }

    @Test func jsonWritesEachTypeInItsOwnWay() {
        let line = text(.json, "slow answer", ["feed": "jobs", "n": 12, "ratio": 0.5, "ok": false, "took": took])
        #expect(
            line == #"""
                {"time":"2026-02-03T04:05:06.789Z","level":"warning","component":"upstream","msg":"slow answer",\#
                "feed":"jobs","n":12,"ratio":0.5,"ok":false,"took":1.25}

                """#)
    }

    @Test(arguments: [
        ("", #""""#), ("plain", "plain"), ("a b", #""a b""#), ("a=b", #""a=b""#), (#"a"b"#, #""a\"b""#),
        (#"a\b"#, #"a\b"#), (#"a \b"#, #""a \\b""#), ("a\nb", #""a\nb""#), ("a\r\tb", #""a\r\tb""#),
        ("\u{1b}[2J", #""\u001b[2J""#), ("\u{0}", #""\u0000""#), ("\u{7f}\u{9b}", #""\u007f\u009b""#),
        ("a\u{2028}b", #""a\u2028b""#), ("\u{202e}", #""\u202e""#), ("\u{fffd}", "\"\u{fffd}\""),
        ("größe", "größe"), ("日本 🚀", #""日本 🚀""#),
    ])
    func logfmtQuotesWhatAReaderWouldMisread(value: String, written: String) {
        #expect(text(.logfmt, "m", ["v": .string(value)]).hasSuffix(" v=\(written)\n"))
    }

    @Test(arguments: [0..<0x800, 0x800..<0x1000, 0x1f00..<0x2100, 0xfe00..<0x10100] as [Range<UInt32>])
    func jsonIsReadBackAsItWas(characters: Range<UInt32>) throws {
        let value = String(String.UnicodeScalarView(characters.compactMap(Unicode.Scalar.init)))
        let line = text(.json, value, ["a \"b\"\n": .string(value)])
        let read = try JSONSerialization.jsonObject(with: Data(line.utf8))
        let object = try #require(read as? [String: Any])
        for name in ["msg", "a \"b\"\n"] {
            let isSame = (object[name] as? String)?.unicodeScalars.elementsEqual(value.unicodeScalars)
            #expect(isSame == true, "\(name)")
        }
    }

    @Test(arguments: LogFormat.allCases)
    func aLineHasOneNewlineAndNoOtherControlCharacter(format: LogFormat) {
        let every = String(String.UnicodeScalarView((0..<0x100).compactMap(Unicode.Scalar.init)))
        let line = text(format, every, [every: .string(every)])
        #expect(line.unicodeScalars.dropLast().allSatisfy { $0.properties.generalCategory != .control })
        #expect(line.hasSuffix("\n"))
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func aNumberThatJSONLacksIsAString(number: Double) throws {
        let line = text(.json, "m", ["v": .double(number)])
        #expect(line.contains("\"v\":\"\(number)\""))
    }

    @Test(arguments: [
        (Duration.zero, "0"), (.seconds(3), "3"), (.milliseconds(-1_500), "-1.5"), (.microseconds(12), "0.000012"),
        (.nanoseconds(999), "0"), (.seconds(Int64.max), "9223372036.854775"),
    ])
    func durationsAreSecondsWithoutTrailingZeros(duration: Duration, written: String) {
        #expect(text(.logfmt, "m", ["v": .duration(duration)]).hasSuffix(" v=\(written)s\n"))
    }

    @Test func aFieldCannotPassForOneOfTheRecord() {
        let line = text(.logfmt, "m", ["level": "error", "time": 0, "level=error x": 1])
        #expect(line.hasSuffix(" msg=m level_=error time_=0 level_error_x=1\n"))
    }

    @Test(arguments: LogFormat.allCases)
    func aLongTextIsCutBetweenCharacters(format: LogFormat) {
        let line = text(format, "m", ["v": .string("x" + String(repeating: "ü", count: 10_000))])
        #expect(line.utf8.count < LogLine.textLimit + 200)
        #expect(line.contains("ü…\""))
    }

    @Test func whatWasHeldBackComesLast() {
        let record = LogRecord(
            time: time, level: .error, component: "c", message: "m", fields: ["a": 1], suppressed: 12)
        let line = String(decoding: LogFormat.logfmt.line(record), as: UTF8.self)
        #expect(line.hasSuffix(" a=1 suppressed=12\n"))
    }

    private let time = UnixTime(nanoseconds: 1_770_091_506_789_000_000)
    private let took = LogValue.duration(.milliseconds(1_250))

    private func text(_ format: LogFormat, _ message: String, _ fields: LogFields) -> String {
        let record = LogRecord(
            time: time, level: .warning, component: "upstream", message: message, fields: fields, suppressed: 0)
        return String(decoding: format.line(record), as: UTF8.self)
    }
}
