import Exposition
import FederatedSeries
import Metrics
import Selectors
import ServiceRuntime
import TestSupport
import Testing

struct PartReaderTests {
    private static let all = "{__name__=~\".*\"}"

    @Test(arguments: 0..<40 as Range<UInt64>)
    func readingAgainIsReadingAnew(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var layout: PartLayout?
        let target = TargetLabels(["job": "j", "instance": "i"], honorsLabels: seed % 2 == 0)
        for time in 0..<12 as Range<Int64> {
            var lines = (0..<40).filter { _ in Bool.random(using: &random) }.map { number in
                "m\(number % 3){l=\"\(number)\"\(number % 4 == 0 ? ",job=\"own\"" : "")} \(Int.random(in: 0..<5, using: &random))"
                    + (number % 7 == 0 ? " \(time)" : "")
            }
            if Bool.random(using: &random) { lines.shuffle(using: &random) }
            if let repeated = lines.first { lines.append(repeated + "1") }
            if Bool.random(using: &random) { lines.insert("# TYPE m1 gauge", at: 0) }
            let text = lines.map { $0 + "\n" }.joined()
            let again = try part(text, labels: target, after: layout, time: time)
            layout = again.layout
            let anew = try part(text, labels: target, time: time)
            let settings = AnswerSettings(writesTimestamps: true)
            #expect(
                try Generation([again.part]).text(Self.all, settings: settings, now: time)
                    == Generation([anew.part]).text(Self.all, settings: settings, now: time))
        }
    }

    @Test(arguments: [
        (false, #"a{x="1"}"#, #"a{instance="i",job="j",x="1"}"#),
        (true, #"a{x="1"}"#, #"a{instance="i",job="j",x="1"}"#),
        (false, #"a{job="own"}"#, #"a{exported_job="own",instance="i",job="j"}"#),
        (true, #"a{job="own"}"#, #"a{instance="i",job="own"}"#),
        (true, #"a{instance=""}"#, #"a{job="j",instance=""}"#),
        (false, #"a{instance=""}"#, #"a{instance="i",job="j"}"#),
        (
            false, #"a{job="own",exported_job="x"}"#,
            #"a{exported_exported_job="own",exported_job="x",instance="i",job="j"}"#
        ),
    ])
    func givesLabelsAsPrometheusDoes(_ honors: Bool, _ line: String, _ expected: String) throws {
        let target = TargetLabels(["job": "j", "instance": "i"], honorsLabels: honors)
        let generation = Generation([try part(line + " 1\n", labels: target).part])
        #expect(try generation.samples(Self.all) == [expected + " 1"])
    }

    @Test func takesTheFirstOfTwoValues() throws {
        let generation = Generation(try parts("a{x=\"1\",y=\"2\"} 1\na{y=\"2\",x=\"1\"} 2\na{x=\"1\",y=\"2\"} 3\n"))
        #expect(try generation.samples("a") == [#"a{x="1",y="2",instance=""} 1"#])
    }

    @Test func takesTheFirstPartsSeriesOfTwo() throws {
        let generation = Generation(try parts("a{x=\"1\"} 1\nb 1\n", "a{x=\"1\"} 2\na{x=\"2\"} 2\n"))
        #expect(try generation.samples("a") == [#"a{x="1",instance=""} 1"#, #"a{x="2",instance=""} 2"#])
    }

    @Test func aBrokenDocumentCountsForNothing() {
        #expect(throws: ExpositionError.self) { try part("a 1\nb{ 2\nc 3\n") }
    }

    @Test func namesWithoutAnEntryShowWhatEndedNoMore() throws {
        let first = try part("a 1\nb 2\nc 3\n")
        let second = try part("a 1\nc 3\n", after: first.layout)
        #expect(try Generation([second.part]).samples(Self.all) == [#"a{instance=""} 1"#, #"c{instance=""} 3"#])
        #expect(second.part.seriesCount == 2)
    }
}
