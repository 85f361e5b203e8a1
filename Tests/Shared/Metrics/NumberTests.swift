import ServiceRuntime
import Testing

@testable import Metrics

@Suite struct NumberTests {
    @Test(arguments: [
        (0, "0"), (-0.0, "-0.0"), (5, "5"), (-17, "-17"), (10, "10"), (99, "99"), (100, "100"),
        (1e15, "1000000000000000"), (1e21, "1e+21"), (1e100, "1e+100"),
        (9_007_199_254_740_991, "9007199254740991"), (9_007_199_254_740_992, "9007199254740992"),
        (-9_007_199_254_740_992, "-9007199254740992"), (9_007_199_254_740_994, "9.007199254740994e+15"),
        (0.1, "0.1"), (123456.789, "123456.789"), (1.5e-7, "1.5e-07"), (.leastNonzeroMagnitude, "5e-324"),
        (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
        (.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"),
    ])
    func samplesShowTheShortestDigits(_ value: Double, _ text: String) {
        #expect(rendered(value) == text)
    }

    @Test func everyPatternReadsBackTheSame() throws {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<20_000 {
            let value = Double(bitPattern: random.next())
            let read = try #require(Double(rendered(value)))
            #expect(read == value || (read.isNaN && value.isNaN))
        }
    }

    @Test func everyIntegerReadsBackTheSame() {
        var random = SeededGenerator(seed: 12)
        for _ in 0..<20_000 {
            let digits = Int64.random(in: 0..<53, using: &random)
            let value = Int64.random(in: -(1 << 53)...(1 << 53), using: &random) >> digits
            #expect(rendered(Double(value)) == "\(value)")
        }
        #expect(integer(.min) == "\(Int64.min)")
        #expect(integer(.max) == "\(Int64.max)")
    }

    /// The OpenMetrics specification's list under "Canonical Numbers", and Go's `%g`.
    @Test(arguments: [
        (0, "0", "0.0"), (0.001, "0.001", "0.001"), (1, "1", "1.0"), (2.5, "2.5", "2.5"), (10, "10", "10.0"),
        (-3, "-3", "-3.0"), (86_400, "86400", "86400.0"), (999_999, "999999", "999999.0"),
        (0.012, "0.012", "0.012"), (123.456, "123.456", "123.456"), (0.0001, "0.0001", "0.0001"),
        (1e6, "1e+06", "1e+06"), (1_234_567, "1.234567e+06", "1.234567e+06"), (2_592_000, "2.592e+06", "2.592e+06"),
        (1e10, "1e+10", "1e+10"), (1e100, "1e+100", "1e+100"), (9.3e18, "9.3e+18", "9.3e+18"),
        (1e-5, "1e-05", "1e-05"), (1.5e-10, "1.5e-10", "1.5e-10"), (.leastNonzeroMagnitude, "5e-324", "5e-324"),
        (.infinity, "+Inf", "+Inf"),
    ])
    func boundsAreWrittenAsEveryClientWritesThem(_ value: Double, _ text: String, _ openMetrics: String) {
        #expect(Number.label(value, in: .text) == text)
        #expect(Number.label(value, in: .openMetrics) == openMetrics)
    }

    @Test func everyBoundReadsBackTheSame() {
        var random = SeededGenerator(seed: 13)
        for _ in 0..<5_000 {
            let value = Double(bitPattern: random.next())
            guard value.isFinite else { continue }
            #expect(Double(Number.label(value, in: .text)) == value)
            #expect(Double(Number.label(value, in: .openMetrics)) == value)
        }
    }

    private func rendered(_ value: Double) -> String {
        let bytes = [UInt8](capacity: Number.longest) { $0.append(number: value) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func integer(_ value: Int64) -> String {
        String(decoding: [UInt8](capacity: Number.longest) { $0.append(integer: value) }, as: UTF8.self)
    }
}
