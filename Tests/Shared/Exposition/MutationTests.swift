import Exposition
import ExpositionProperties
import ServiceRuntime
import Testing

@Suite struct MutationTests {
    @Test(arguments: ExpositionFormat.allCases, [NameRule.legacy, .utf8])
    func everyDocumentKeepsTheProperties(format: ExpositionFormat, names: NameRule) throws {
        var random = SeededGenerator(seed: names == .legacy ? 1 : 2)
        let documents = format == .text ? Documents.text : Documents.openMetrics
        for document in documents + Self.quoted {
            for _ in 0..<20 {
                let bytes = Mutation.of(Array(document.utf8), using: &random)
                try DocumentProperties.check(bytes, format: format, names: names)
            }
        }
    }

    @Test func aLabelsNameInQuotesMayGoOverLines() throws {
        // Byte by byte it is looked at after 10 bytes and after 20, where the name ends.
        let document = "a{b=\"c\"\"d\n123456789\"=\"f\"} 1\n"
        try DocumentProperties.check(Array(document.utf8), format: .text, names: .utf8)
    }

    private static let quoted = [
        "{\"a.b\",\"c d\"=\"e\"} 1\n# EOF\n", "# HELP \"a.b\" c\n# TYPE \"a\\\"\" gauge\n# EOF\n",
        "a{\"b\\\\\"=\"c\"} 1\n# EOF\n",
    ]
}
