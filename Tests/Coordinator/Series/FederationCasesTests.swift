import Exposition
import FederatedSeries
import Metrics
import Selectors
import Testing

/// The cases of Prometheus' own test of its `/federate`, with the newest samples of its data.
struct FederationCasesTests {
    private static let everything = "{__name__=~'.+'}"
    private let generation: Generation

    private static let bar = #"test_metric1{foo="bar",instance="i"} 10000 6000000"#
    private static let boo = #"test_metric1{foo="boo",instance="i"} 1 6000000"#
    private static let two = #"test_metric2{foo="boo",instance="i"} 1 6000000"#
    private static let bare = #"test_metric_without_labels{instance=""} 1001 6000000"#
    private static let old = #"test_metric_old{instance=""} 981 5880000"#

    init() throws {
        generation = Generation(
            try parts(
                """
                test_metric1{foo="bar",instance="i"} 10000
                test_metric1{foo="boo",instance="i"} 1
                test_metric2{foo="boo",instance="i"} 1
                test_metric_without_labels 1001
                test_metric_old 981 5880000

                """, time: 6_000_000))
    }

    private func answer(_ selectors: [String], _ external: [String: String] = [:]) throws -> [String] {
        let settings = AnswerSettings(externalLabels: external, writesTimestamps: true)
        var rendering = generation.select(try selectors.map { try .init($0) }).rendering(
            .text, settings, now: 6_060_000)
        var text = ""
        while let piece = rendering.next() { text += String(decoding: piece, as: UTF8.self) }
        return text.split(separator: "\n").map(String.init)
    }

    @Test(arguments: [
        ([], []), (["does_not_match_anything"], []), (["test_metric1"], [bar, boo]), (["test_metric2"], [two]),
        (["test_metric_without_labels"], [bare]), (["test_metric_old"], [old]), (["{foo='boo'}"], [boo, two]),
        (["test_metric1", "test_metric2"], [bar, boo, two]),
        (["{__name__=~'test_metric1'}", "{foo='bar'}"], [bar, boo]),
        ([everything], [bar, boo, two, old, bare]), (["{foo='',__name__=~'.+'}"], [old, bare]),
        (["{bar='',__name__=~'.+'}"], [bar, boo, two, old, bare]), (["{}"], []),
        (["{x=''}"], [bar, boo, two, old, bare]),
        (["{x!='a'}"], [bar, boo, two, old, bare]), (["{zone='ie'}"], []),
    ])
    func selectsWhatPrometheusSelects(_ selectors: [String], _ samples: [String]) throws {
        #expect(try answer(selectors).filter { !$0.hasPrefix("#") } == samples)
    }

    @Test func tellsEachFamilyOnceAndInOrder() throws {
        #expect(
            try answer([Self.everything]) == [
                "# TYPE test_metric1 untyped", Self.bar, Self.boo, "# TYPE test_metric2 untyped", Self.two,
                "# TYPE test_metric_old untyped", Self.old, "# TYPE test_metric_without_labels untyped", Self.bare,
            ])
    }

    @Test func addsExternalLabelsWhereThereAreNone() throws {
        #expect(
            try answer([Self.everything], ["foo": "baz", "zone": "ie"]).filter { !$0.hasPrefix("#") } == [
                #"test_metric1{foo="bar",instance="i",zone="ie"} 10000 6000000"#,
                #"test_metric1{foo="boo",instance="i",zone="ie"} 1 6000000"#,
                #"test_metric2{foo="boo",instance="i",zone="ie"} 1 6000000"#,
                #"test_metric_old{foo="baz",instance="",zone="ie"} 981 5880000"#,
                #"test_metric_without_labels{foo="baz",instance="",zone="ie"} 1001 6000000"#,
            ])
        #expect(
            try answer(["test_metric_old", "test_metric2"], ["instance": "baz"]).filter { !$0.hasPrefix("#") } == [
                Self.two, #"test_metric_old{instance="baz"} 981 5880000"#,
            ])
    }

    @Test func looksBackFiveMinutesAndNotAhead() throws {
        for (now, isShown) in [(5_880_000, true), (6_180_000, true), (6_180_001, false), (5_879_999, false)] {
            #expect(try generation.samples("test_metric_old", now: Int64(now)).isEmpty == !isShown)
        }
    }
}
