import Metrics
import Testing

@Suite struct LabelReplacementTests {
    private func table(_ type: FamilyType = .gauge, _ merge: MergeRule = .sum) -> SeriesTable {
        SeriesTable(MetricFamily("slurm_x_info", type, help: "X.", labels: ["user", "state"], merge: merge))
    }

    private func text(_ table: SeriesTable) -> [String] {
        var lines = SeriesLines(table)
        var bytes: [UInt8] = []
        _ = lines.write(to: &bytes)
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private let onlyAnn: [LabelName: (String) -> LabelReplacement] = [
        "user": { $0 == "ann" ? .kept : $0 == "zoe" ? .renamed("_zoe") : .merged("other") }
    ]

    @Test(arguments: [
        (MergeRule.sum, "9"), (.max, "4"), (.min, "2"), (.sumOfFractions(decimals: 2), "900"),
    ])
    func whatIsMergedFollowsTheRule(rule: MergeRule, number: String) {
        var table = table(.gauge, rule)
        for (user, value) in [("ann", 7.0), ("bob", 2), ("cid", 3), ("dan", 4)] {
            table.set(value, at: table.row(user, "up"))
        }
        table.set(1, at: table.row("bob", #"a"b\"#))
        let (result, dropped) = table.replacingLabels(onlyAnn)
        #expect(dropped == 0)
        #expect(text(result).count == 3)
        #expect(text(result).contains(#"{user="other",state="up"} \#(number)"#))
        #expect(text(result).contains { $0.hasPrefix(#"{user="other",state="a\"b\\"}"#) })
    }

    @Test func histogramsMergeBucketByBucket() {
        var table = table(.histogram(bounds: [1, 2]))
        for user in ["bob", "cid"] { table.setCells([1, 2, 3, 9.5], at: table.row(user, "")) }
        table.setCreated(20, at: table.row("bob", ""))
        table.setCreated(10, at: table.row("cid", ""))
        #expect(text(table.replacingLabels(onlyAnn).table) == [#"{user="other"} 2 4 6 19 @10"#])
    }

    @Test(arguments: [
        (FamilyType.info, MergeRule.sum), (.gauge, .union), (.gauge, .derived), (.gauge, .replica),
        (.histogram(bounds: [1]), .max), (.stateset(states: ["a"]), .sum), (.summary(quantiles: []), .sum),
    ])
    func whatCannotBeMergedIsDroppedAndCounted(type: FamilyType, rule: MergeRule) {
        var table = table(type, rule)
        for user in ["ann", "bob", "cid", "zoe"] { _ = table.row(user, "") }
        let (result, dropped) = table.replacingLabels(onlyAnn)
        #expect(dropped == 2)
        #expect(text(result).map { $0.prefix(12) } == ["{user=\"_zoe\"", "{user=\"ann\"}"])
    }

    @Test func seriesWithoutTheLabelStay() {
        var table = table()
        table.set(1, at: table.row("", "up"))
        #expect(text(table.replacingLabels(onlyAnn).table) == [#"{state="up"} 1"#])
        #expect(table.totals(by: "user").isEmpty)
    }

    @Test func removedValuesLeaveNothing() {
        var table = table()
        for user in ["ann", "bob"] { table.set(1, at: table.row(user, "up")) }
        let (result, dropped) = table.replacingLabels(["user": { $0 == "ann" ? .removed : .kept }])
        #expect(dropped == 0 && text(result) == [#"{user="bob",state="up"} 1"#])
    }

    @Test func totalsAreThoseOfTheValue() {
        var table = table()
        table.set(1, at: table.row(#"a"\"# + "\n", "up"))
        table.set(2, at: table.row(#"a"\"# + "\n", "down"))
        table.set(4, at: table.row("b", "up"))
        let totals = table.totals(by: "user")
        #expect(totals[#"a"\"# + "\n"]?.sum == 3 && totals[#"a"\"# + "\n"]?.series == 2)
        #expect(totals["b"]?.sum == 4 && totals.count == 2)
    }

    @Test func samplesAreCountedAsScrapersCount() {
        var table = table(.histogram(bounds: [1, 2]))
        _ = table.row("a", "b")
        _ = table.row("c", "d")
        #expect(table.sampleCount == 2 * 5)
    }
}
