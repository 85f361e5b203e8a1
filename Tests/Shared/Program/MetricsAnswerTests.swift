import HTTP
import Metrics
import Testing

@testable import Program

struct MetricsAnswerTests {
    /// What scrapers really send; the rules themselves are tested with the negotiation.
    @Test(arguments: [
        (
            "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1", MetricsFormat.openMetrics
        ),
        (
            "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,"
                + "text/plain;version=0.0.4;q=0.3,*/*;q=2", .openMetrics
        ),
        ("text/plain;version=0.0.4;q=0.5,*/*;q=0.1", .text), ("*/*", .text), ("application/json", .text), ("", .text),
    ])
    func theFormatIsTheOneThatIsAskedFor(accept: String, format: MetricsFormat) {
        #expect(MetricsAnswer.formats.choose(accept: accept).offer == format)
    }
}
