import Exposition
import ExpositionProperties
import Testing

@Suite struct TextFormatTests {
    @Test func everyPartOfADocumentComesThrough() throws {
        let lines = try ExpositionParser.read(
            """
            # A comment, and a blank line

            # HELP http_requests_total Requests,\\nby "code" \\\\ path \\q
            # TYPE http_requests_total counter
            http_requests_total{code="200",path="/\\"a\\"\\n\\\\"} 12.5 1700000000000
            http_requests_total { code = "404" , } 1e3
            up 1
            # UNIT up none
            """
        ).get()
        #expect(
            lines == [
                .help("http_requests_total", "Requests,\nby \"code\" \\ path \\q"),
                .type("http_requests_total", .counter),
                .sample(
                    Reading(
                        series: #"http_requests_total{code="200",path="/\"a\"\n\\"}"#, name: "http_requests_total",
                        labels: [["code", "200"], ["path", "/\"a\"\n\\"]], bits: 12.5.bitPattern,
                        timestamp: 1_700_000_000_000)),
                .sample(
                    Reading(
                        series: #"http_requests_total { code = "404" , }"#, name: "http_requests_total",
                        labels: [["code", "404"]], bits: 1000.0.bitPattern, timestamp: nil)),
                .sample(Reading(series: "up", name: "up", labels: [], bits: 1.0.bitPattern, timestamp: nil)),
            ])
    }

    @Test(arguments: [
        ("untyped", MetricType.unknown), ("counter", .counter), ("gauge", .gauge), ("histogram", .histogram),
        ("summary", .summary),
    ])
    func typesAreNamed(word: String, type: MetricType) throws {
        #expect(try ExpositionParser.read("# TYPE a \(word)\n").get() == [.type("a", type)])
    }

    @Test(arguments: [
        ("a 1\nb", ExpositionError.Reason.value, 2, 2),
        ("a 1\n\n  b 1", .start, 3, 3),
        ("{a=\"b\"} 1", .start, 1, 1),
        ("a{b=\"1\",b=\"2\"} 1", .duplicateLabel, 1, 3),
        ("a{__name__=\"b\"} 1", .duplicateLabel, 1, 3),
        ("a{1=\"2\"} 1", .labelName, 1, 3),
        ("a{b} 1", .labelValue, 1, 4),
        ("a{b=\"c\\\n\"} 1", .labelValue, 1, 8),
        ("a{b=\"\u{c}\n\n\"} x", .value, 3, 4),
        ("a{b=\"c} 1\n", .truncated, 3, 1),
        ("a 1 2 3", .lineEnd, 1, 7),
        ("a 1 2.5", .lineEnd, 1, 6),
        ("a 1 -2", .timestamp, 1, 5),
        ("a 1 9223372036854775808", .timestamp, 1, 5),
        ("a 1\r\n", .value, 1, 3),
        ("a 0x1p-2", .value, 1, 3),
        ("a 1_000", .value, 1, 3),
        ("a 1e999", .value, 1, 3),
        ("# TYPE a info", .type, 1, 10),
        ("# TYPE a  gauge", .type, 1, 10),
        ("# HELP 1", .metadata, 1, 8),
    ])
    func whatIsWrongIsSaidWithItsPlace(document: String, reason: ExpositionError.Reason, line: Int, column: Int) {
        let error = ExpositionParser.read(document).error
        #expect(error?.reason == reason)
        #expect(error.map { [$0.line, $0.column] } == [line, column])
        #expect(ExpositionParser.read(document, labels: .onDemand).error == error)
    }

    @Test func wrongUTF8IsRefusedInLabelValuesAndHelp() {
        for (before, after) in [("a{b=\"", "\"} 1\n"), ("a{b=\"\\n", "12345678\"} 1\n"), ("# HELP a ", "\n")] {
            for bytes: [UInt8] in [
                [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF4, 0x90, 0x80, 0x80],
            ] {
                let document = Array(before.utf8) + bytes + Array(after.utf8)
                #expect(ExpositionParser.read([document[...]], format: .text).error?.reason == .encoding)
            }
            #expect(ExpositionParser.read(before + "é€😀" + after).error == nil)
        }
    }

    @Test func anErrorStays() {
        var parser = ExpositionParser(format: .text)
        parser.append(Array("a\nb 1\n".utf8))
        let first = Result { () throws(ExpositionError) in _ = try parser.next() }
        parser.append(Array("c 1\n".utf8))
        parser.finish()
        let second = Result { () throws(ExpositionError) in _ = try parser.next() }
        for result in [first, second] {
            guard case .failure(let error) = result else {
                Issue.record("accepted")
                continue
            }
            #expect("\(error)" == "line 1, column 2: expected a number that a double can hold")
            #expect(error.label == "value")
        }
    }
}
