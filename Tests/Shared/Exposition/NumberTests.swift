import Exposition
import ExpositionProperties
import Foundation
import ServiceRuntime
import Testing

@Suite struct NumberTests {
    private func values(_ texts: [String]) -> [Double] {
        ExpositionParser.read(texts.map { "a \($0)\n" }.joined()).samples.map(\.value)
    }

    @Test(arguments: [1, 2, 3, 4])
    func everyDoubleIsReadBackBitByBit(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let doubles = (0..<20_000).map { _ in Double(bitPattern: random.next()) }.filter(\.isFinite)
        #expect(values(doubles.map(\.description)).map(\.bitPattern) == doubles.map(\.bitPattern))
        let some = doubles.prefix(2000)
        #expect(values(some.map { String(format: "%.17g", $0) }).map(\.bitPattern) == some.map(\.bitPattern))
        #expect(values(some.map { String(format: "%.17e", $0) }).map(\.bitPattern) == some.map(\.bitPattern))
    }

    @Test(arguments: [5, 6])
    func decimalsOfEveryLengthAreTheNearestDouble(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let texts = (0..<20_000).map { _ in
            let digits = String(random.next() >> UInt64.random(in: 0..<64, using: &random))
            let point = Int.random(in: 0...digits.count, using: &random)
            let exponent = Bool.random(using: &random) ? "e\(Int.random(in: -40...40, using: &random))" : ""
            return "\(digits.prefix(point)).\(digits.dropFirst(point))\(exponent)"
        }
        #expect(values(texts).map(\.bitPattern) == texts.map { strtod($0, nil).bitPattern })
    }

    @Test(arguments: [
        "18446744073709551615", "18446744073709551616", "184467440737095516160", "9007199254740993",
        "9007199254740993.0",
        "0.1000000000000000055511151231257827", "1.7976931348623157e308", "2.2250738585072011e-308", "5e-324", "2e-324",
        "0000000000000000000000000001", "0.00000000000000000000000000000000001", "1e22", "1e23", "-0", "0e999",
        "00.5e1",
    ])
    func whatIsHardToReadIsRight(text: String) {
        #expect(values([text]).map(\.bitPattern) == [strtod(text, nil).bitPattern])
    }

    @Test func wordsAreNumbersToo() {
        let infinities = values(["Inf", "+inf", "iNfInItY", "-INF", "-infinity"])
        #expect(infinities == [.infinity, .infinity, .infinity, -.infinity, -.infinity])
        #expect(values(["NaN", "nan"]).map(\.isNaN) == [true, true])
    }
}
