import Exposition
import ExpositionProperties
import Testing

@Suite struct LabelTests {
    @Test func emptyValuesAreNoLabels() {
        #expect(ExpositionParser.read("a{b=\"\",c=\"1\",d=\"\"} 1").samples.map(\.labels) == [[["c", "1"]]])
    }

    @Test func textDoesWithoutCommas() {
        #expect(ExpositionParser.read("a{b=\"1\"c=\"2\",}1").samples.map(\.labels) == [[["b", "1"], ["c", "2"]]])
    }

    @Test func textTakesLineEndsInValues() {
        #expect(ExpositionParser.read("a{b=\"1\n2\"} 1\n").samples.map(\.labels) == [[["b", "1\n2"]]])
    }

    @Test(arguments: [2, 16, 17, 200])
    func aNameMayOccurOnlyOnce(count: Int) {
        let labels = (0..<count).map { "label_with_a_long_name_\($0)=\"\($0)\"" }
        let document = { (labels: [String]) in "a{\(labels.joined(separator: ","))} 1\n" }
        #expect(ExpositionParser.read(document(labels)).samples.map(\.labels.count) == [count])
        for place in [1, count - 1] {
            let doubled = labels[..<place] + [labels[0]] + labels[place...]
            #expect(ExpositionParser.read(document(Array(doubled))).error?.reason == .duplicateLabel)
        }
    }

    @Test func labelsOnDemandAreTheSame() throws {
        let document = """
            a{b="1",c="}\\"{"} 1 2
            b 3
            c{} 4
            d{a="é",} 5
            """
        let always = try ExpositionParser.read(document).get()
        #expect(try ExpositionParser.read(document, labels: .onDemand).get() == always)
    }

    @Test func labelsThatNobodyAsksForAreNotLookedAt() throws {
        var parser = ExpositionParser(format: .text, labels: .onDemand)
        parser.append(Array("a{b=\"1\",b=\"2\"} 1\n".utf8))
        guard case .sample(let sample) = try parser.next() else {
            Issue.record("no sample")
            return
        }
        #expect(parser.labels.isEmpty)
        #expect(parser.string(sample.series) == "a{b=\"1\",b=\"2\"}")
        #expect(throws: ExpositionError.self) { try parser.readLabels(of: sample) }
        #expect(throws: ExpositionError.self) { _ = try parser.next() }
    }

    @Test(arguments: [
        (#"{"a.b"} 1"#, "a.b", []),
        (#"{"a.b",c="1"} 1"#, "a.b", [["c", "1"]]),
        (#"{c="1","a.b"} 1"#, "a.b", [["c", "1"]]),
        (#"a{"c d"="1"} 1"#, "a", [["c d", "1"]]),
        (#"{"a \"b\"","é"="1"} 1"#, "a \"b\"", [["é", "1"]]),
    ])
    func quotedNamesAreReadWhereTheyAreAllowed(document: String, name: String, labels: [[String]]) {
        for (format, text) in [(ExpositionFormat.text, document), (.openMetrics, document + "\n# EOF\n")] {
            for reading in [LabelReading.always, .onDemand] {
                let samples = ExpositionParser.read(text, format: format, names: .utf8, labels: reading).samples
                #expect(samples.map(\.name) == [name])
                #expect(samples.map(\.labels) == [labels])
            }
            #expect(ExpositionParser.read(text, format: format).error != nil)
        }
    }

    @Test(arguments: [
        #"{} 1"#, #"{a="1"} 1"#, #"{"a","b"} 1"#, #"a{"b"} 1"#, #"{""} 1"#, #"{"a",""="1"} 1"#,
        #"{"a","b"="1",b="2"} 1"#, #"{"a" 1"#, #"{"a"="1"} 1"#,
    ])
    func quotedNamesHaveTheirRules(document: String) {
        for reading in [LabelReading.always, .onDemand] {
            #expect(ExpositionParser.read(document, names: .utf8, labels: reading).error != nil)
        }
    }

    @Test func quotedNamesHaveMetadata() throws {
        let lines = try ExpositionParser.read(
            "# HELP \"a.b\" text\n# TYPE \"a \\\"b\\\"\" gauge\n", names: .utf8
        ).get()
        #expect(lines == [.help("a.b", "text"), .type("a \"b\"", .gauge)])
    }
}
