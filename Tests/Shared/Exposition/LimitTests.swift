import Exposition
import ExpositionProperties
import Testing

@Suite struct LimitTests {
    private typealias Reason = ExpositionError.Reason

    @Test func everyLimitHoldsAtItsEdge() {
        let document = "ab{cd=\"efg\",h=\"\"} 12\n"
        let cases: [(WritableKeyPath<ExpositionLimits, Int>, Int, Reason)] = [
            (\.documentBytes, 21, .documentBytes), (\.lineBytes, 20, .lineBytes), (\.labels, 2, .labels),
            (\.labelNameBytes, 2, .labelNameBytes), (\.labelValueBytes, 3, .labelValueBytes),
        ]
        for (limit, edge, reason) in cases {
            var limits = ExpositionLimits()
            limits[keyPath: limit] = edge
            #expect(ExpositionParser.read(document, limits: limits).error == nil)
            limits[keyPath: limit] = edge - 1
            #expect(ExpositionParser.read(document, limits: limits).error?.reason == reason)
        }
    }

    @Test func aLineThatNeverEndsIsRefusedBeforeItIsHeld() {
        var parser = ExpositionParser(format: .text, limits: ExpositionLimits(lineBytes: 1000))
        #expect(throws: ExpositionError.self) {
            for _ in 0..<200 {
                parser.append(Array("a{b=\"c".utf8))
                _ = try parser.next()
            }
        }
    }

    @Test(arguments: [Int.min, -1, .max])
    func extremeLimitsAreNoTrap(limit: Int) {
        let limits = ExpositionLimits(
            documentBytes: limit, lineBytes: limit, labels: limit, labelNameBytes: limit, labelValueBytes: limit)
        let pieces = Array("a{b=\"c\nd\"} 1\n".utf8).map { [$0][...] }
        #expect((ExpositionParser.read(pieces, format: .text, limits: limits).error == nil) == (limit == .max))
    }

    @Test func everyReasonHasALabelAndAText() {
        let labels = Set(Reason.allCases.map(\.rawValue))
        #expect(labels.count == Reason.allCases.count)
        #expect(labels.allSatisfy { $0.allSatisfy { $0 == "_" || $0.isLowercase } })
    }
}
