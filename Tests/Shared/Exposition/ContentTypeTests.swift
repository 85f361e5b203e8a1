import Exposition
import Testing

@Suite struct ContentTypeTests {
    @Test(arguments: [
        ("text/plain", ExpositionFormat.text), ("text/plain; version=0.0.4; charset=utf-8", .text),
        ("TEXT/Plain;", .text),
        ("application/openmetrics-text; version=1.0.0; charset=utf-8", .openMetrics),
        (" Application/OpenMetrics-Text ;version=\"1.0.0\" ; a=\"\\\"\"", .openMetrics),
    ])
    func whatIsInOrderIsTakenAsDeclared(field: String, format: ExpositionFormat) {
        #expect(ExpositionFormat(contentType: field, rule: .lenient) == format)
        #expect(ExpositionFormat(contentType: field, rule: .strict) == format)
    }

    @Test(arguments: [
        nil, "", ";", "text", "text/", "text/html", "application/json; charset=utf-8", "text plain", "text/plain; x",
        "application/openmetrics-text; version", "application/openmetrics-text; a=1; A=2",
        "application/openmetrics-text; a=\"1", "application/openmetrics-text x",
    ])
    func whatIsOddIsTextOrAnError(field: String?) {
        #expect(ExpositionFormat(contentType: field, rule: .lenient) == .text)
        #expect(ExpositionFormat(contentType: field, rule: .strict) == nil)
    }

    @Test func protobufIsNeverText() {
        let field = "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited"
        #expect(ExpositionFormat(contentType: field, rule: .lenient) == nil)
        #expect(ExpositionFormat(contentType: field, rule: .strict) == nil)
    }
}
