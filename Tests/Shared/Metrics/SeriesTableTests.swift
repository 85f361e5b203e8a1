import Metrics
import ServiceRuntime
import TestSupport
import Testing

@Suite struct SeriesTableTests {
    private let family = MetricFamily("slurm_jobs", .gauge, help: "Jobs.", labels: ["user", "partition"])

    @Test func aSeriesIsFoundByItsLabelValues() {
        var table = SeriesTable(family)
        let ann = table.row("ann", "gpu")
        let bob = table.row("bob", "gpu")
        table.add(2, at: ann)
        table.add(1, at: table.row("ann", "gpu"))
        let again = table.row("ann", "gpu")
        #expect(again == ann)
        #expect(table.value(at: ann) == 3)
        #expect(table.value(at: bob) == 0)
        #expect(table.count == 2)
        #expect(table.labels(at: bob) == [SeriesLabel("user", "bob"), SeriesLabel("partition", "gpu")])
    }

    @Test func bytesAndStringsNameTheSameSeries() {
        var table = SeriesTable(family)
        let bytes = Array("größe".utf8)
        let row = table.row {
            $0.append(bytes.span)
            $0.append("gpu")
        }
        let same = table.row("größe", "gpu")
        #expect(same == row)
    }

    @Test func invalidUTF8BecomesTheReplacementCharacter() {
        var table = SeriesTable(family)
        let bytes: [UInt8] = [0x61, 0xFF, 0x22, 0xC3]
        let row = table.row {
            $0.append(bytes.span)
            $0.append("")
        }
        #expect(table.labels(at: row) == [SeriesLabel("user", "a\u{FFFD}\"\u{FFFD}")])
    }

    @Test func anyBytesBecomeTheTextThatTheyAreAsUTF8() {
        var random = SeededGenerator(seed: 3)
        var table = SeriesTable(family)
        for _ in 0..<5000 {
            let ceiling: UInt8 = Bool.random(using: &random) ? 0x7F : 0xFF
            let bytes = (0..<Int.random(in: 1..<30, using: &random)).map { _ in
                UInt8.random(in: 0...ceiling, using: &random)
            }
            let row = table.row {
                $0.append(bytes.span)
                $0.append("")
            }
            #expect(table.labels(at: row) == [SeriesLabel("user", String(decoding: bytes, as: UTF8.self))])
        }
    }

    @Test func valuesThatLookLikeOtherLabelsStayApart() {
        var table = SeriesTable(family)
        let rows = [
            table.row("a", "b"), table.row("ab", ""), table.row("", "ab"), table.row(#"a",partition="b"#, ""),
            table.row(#"a\"#, "b"), table.row("a\n", "b"), table.row(#"a\n"#, "b"), table.row("", ""),
            table.row("a\u{0}", "b"), table.row(",", ","),
        ]
        #expect(Set(rows).count == rows.count)
        #expect(table.labels(at: rows[3]) == [SeriesLabel("user", #"a",partition="b"#)])
        #expect(table.labels(at: rows[5]) == [SeriesLabel("user", "a\n"), SeriesLabel("partition", "b")])
        #expect(table.labels(at: rows[6]) == [SeriesLabel("user", #"a\n"#), SeriesLabel("partition", "b")])
        #expect(table.labels(at: rows[7]) == [])
    }

    @Test func aGenerationStartsAtZeroAndForgetsWhatNobodyAskedFor() {
        var table = SeriesTable(family)
        table.beginGeneration()
        let ann = table.row("ann", "gpu")
        let bob = table.row("bob", "gpu")
        table.set(5, at: ann)
        table.endGeneration()
        table.beginGeneration()
        let again = table.row("ann", "gpu")
        #expect(again == ann)
        #expect(table.value(at: ann) == 0)
        table.add(1, at: ann)
        table.add(1, at: table.row("ann", "gpu"))
        table.endGeneration()
        #expect(table.rows == [ann])
        #expect(table.value(at: ann) == 2)
        #expect(!table.isAlive(bob))
        let anotherBob = table.row("bob", "gpu")
        #expect(anotherBob != bob)
    }

    @Test func aKnownRowIsKeptWithoutASearch() {
        var table = SeriesTable(family)
        table.beginGeneration()
        let ann = table.row("ann", "gpu")
        let bob = table.row("bob", "gpu")
        table.endGeneration()
        table.beginGeneration()
        let isThere = table.touch(ann)
        table.add(4, at: ann)
        let isStillThere = table.touch(ann)
        table.endGeneration()
        let isGoneThere = table.touch(bob)
        #expect(isThere && isStillThere && !isGoneThere)
        #expect(table.value(at: ann) == 4)
        #expect(table.count == 1)
    }

    @Test func aVanishedRowIsRefused() async {
        await #expect(processExitsWith: .failure) {
            var table = SeriesTable(MetricFamily("slurm_jobs", .gauge, help: "Jobs.", labels: ["user"]))
            let ann = table.row("ann")
            table.remove(ann)
            table.settle()
            _ = table.row("bob")
            table.add(1, at: ann)
        }
    }

    @Test func levelsStayWithoutGenerations() {
        var table = SeriesTable(MetricFamily("slurm_done_total", .counter, help: "Done.", labels: ["user"]))
        let ann = table.row("ann")
        table.add(1, at: ann)
        table.settle()
        let bob = table.row("bob")
        table.remove(ann)
        let cid = table.row("cid")
        #expect(table.rows == [bob, cid])
        table.settle()
        #expect(table.rows == [bob, cid])
        let anotherAnn = table.row("ann")
        #expect(anotherAnn != ann)
        #expect(table.value(at: anotherAnn) == 0)
        #expect(table.count == 3)
    }

    @Test func wholeNumbersAddUpExactly() {
        var table = SeriesTable(family)
        let row = table.row("ann", "gpu")
        table.add(0x1p53 - 1, at: row)
        table.add(1, at: row)
        #expect(table.value(at: row) == 9_007_199_254_740_992)
    }

    @Test func fractionsAddUpInAnyOrder() {
        let family = MetricFamily("slurm_load", .gauge, help: "Load.", merge: .sumOfFractions(decimals: 2))
        var random = SeededGenerator(seed: 7)
        let parts = (0..<1000).map { _ in Double(Int.random(in: 0..<10_000, using: &random)) / 100 }
        let sums = (0..<20).map { _ in
            var table = SeriesTable(family)
            for part in parts.shuffled(using: &random) { table.add(part, at: table.row()) }
            return table.value(at: table.row())
        }
        let exact = Double(parts.reduce(0) { $0 + Int(($1 * 100).rounded()) }) / 100
        #expect(sums.allSatisfy { $0 == exact })
    }

    @Test func observationsFallIntoBuckets() {
        var table = SeriesTable(MetricFamily("slurm_wait", .histogram(bounds: [1, 5]), help: "Waits."))
        let row = table.row()
        for value in [0.5, 1, 1.5, 7] { table.observe(value, at: row) }
        table.observe(5, times: 2, at: row)
        #expect(table.cells(at: row) == [2, 3, 1, 20])
        table.addCells([1, 0, 0, 0.5], at: row)
        #expect(table.cells(at: row) == [3, 3, 1, 20.5])
    }

    @Test func openLabelsHaveNoOrder() throws {
        var table = SeriesTable(try MetricFamily(foreign: "x", .gauge))
        let row = try table.row(labels: [SeriesLabel("b", "2"), SeriesLabel("a", "1"), SeriesLabel("c", "")])
        let same = try table.row(labels: [SeriesLabel("a", "1"), SeriesLabel("b", "2")])
        #expect(same == row)
        #expect(table.labels(at: row) == [SeriesLabel("a", "1"), SeriesLabel("b", "2")])
    }

    @Test func labelsThatCantBeASeriesAreRefused() throws {
        var table = SeriesTable(try MetricFamily(foreign: "x", .summary(quantiles: [0.5])))
        #expect(throws: InvalidLabels.self) { try table.row(labels: [SeriesLabel("a", "1"), SeriesLabel("a", "2")]) }
        #expect(throws: InvalidLabels.self) { try table.row(labels: [SeriesLabel("quantile", "1")]) }
    }

    /// A table that lives through many generations is at each of them what a dictionary says it should be.
    @Test(arguments: [1, 2, 3]) func itIsADictionaryThatLives(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var table = SeriesTable(family)
        for _ in 0..<60 {
            var expected: [[String]: Double] = [:]
            table.beginGeneration()
            for _ in 0..<Int.random(in: 0..<300, using: &random) {
                let labels = [40, 6].map { "\(Int.random(in: 0..<$0, using: &random))" }
                expected[labels, default: 0] += 1
                table.add(1, at: table.row(labels))
            }
            if let (labels, _) = expected.randomElement(using: &random) {
                expected[labels] = nil
                table.remove(table.row(labels))
            }
            table.endGeneration()
            let content = table.rows.map { row in (table.labels(at: row).map(\.value), table.value(at: row)) }
            #expect(Dictionary(content, uniquingKeysWith: +) == expected)
            #expect(content.count == expected.count && table.count == expected.count)
            #expect(content.map(\.0) == expected.keys.sorted { text($0) < text($1) })
        }
    }

    private func text(_ labels: [String]) -> String { #"user="\#(labels[0])",partition="\#(labels[1])""# }
}
