import HTTP
import ServiceRuntime
import TestSupport
import Testing

private enum Format: Equatable {
    case text, openMetrics
}

private let metrics = ContentNegotiation<Format>(
    [
        "text/plain; version=0.0.4; charset=utf-8": .text,
        "application/openmetrics-text; version=1.0.0; charset=utf-8": .openMetrics,
    ], otherwise: .text)

private let federation = ContentNegotiation<Format>(
    ["text/plain; version=0.0.4; charset=utf-8": .text], otherwise: .text)

/// The Accept headers that versions of Prometheus send, by the first that does.
private let prometheus = [
    "2.5":
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
    "2.42 with native histograms":
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,"
        + "application/openmetrics-text;version=1.0.0;q=0.8,application/openmetrics-text;version=0.0.1;q=0.75,"
        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
    "2.49":
        "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,"
        + "text/plain;version=0.0.4;q=0.3,*/*;q=2",
    "2.55":
        "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,"
        + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
    "2.55 with UTF-8 names":
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
        + "application/openmetrics-text;version=0.0.1;escaping=allow-utf-8;q=0.4,"
        + "text/plain;version=0.0.4;escaping=allow-utf-8;q=0.3,*/*;escaping=allow-utf-8;q=0.2",
    "3.0":
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
        + "application/openmetrics-text;version=0.0.1;escaping=allow-utf-8;q=0.5,"
        + "text/plain;version=1.0.0;escaping=allow-utf-8;escaping=allow-utf-8;q=0.4,"
        + "text/plain;version=0.0.4;escaping=allow-utf-8;q=0.3,*/*;q=0.2",
    "3.5":
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
        + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
        + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
    "3.5 with protobuf":
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,"
        + "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
        + "application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,"
        + "text/plain;version=0.0.4;q=0.2,*/*;q=0.1",
]

@Suite struct ExpositionNegotiationTests {
    @Test(arguments: [
        ("2.5", NameEscaping.underscores),
        ("2.42 with native histograms", .underscores),
        ("2.49", .underscores),
        ("2.55", .underscores),
        ("2.55 with UTF-8 names", .allowUTF8),
        ("3.0", .allowUTF8),
        ("3.5", .allowUTF8),
        ("3.5 with protobuf", .allowUTF8),
    ])
    func everyPrometheusGetsOpenMetrics(version: String, escaping: NameEscaping) throws {
        let header = try #require(prometheus[version])
        let choice = metrics.choose(accept: header)
        #expect(choice.offer == .openMetrics)
        #expect(choice.escaping == escaping)
        #expect(choice.isAcceptable)
    }

    @Test(arguments: [
        ("2.5", NameEscaping.underscores),
        ("2.55 with UTF-8 names", .allowUTF8),
        ("3.0", .allowUTF8),
        ("3.5", .underscores),
    ])
    func federationWithTextAloneGivesText(version: String, escaping: NameEscaping) throws {
        let header = try #require(prometheus[version])
        let choice = federation.choose(accept: header)
        #expect(choice.offer == .text)
        #expect(choice.escaping == escaping)
        #expect(choice.isAcceptable)
    }

    @Test(arguments: [
        nil, "", "  ", "*/*", "text/*", "text/plain", "TEXT/Plain", "text/plain;version=0.0.4", "application/json",
        "garbage", ",,;;,", "*", "/", "text/", "/plain",
        "text/plain;q=0.5", "text/plain;version=1.0.0", "*/*;q=2",
        "application/openmetrics-text;version=0.0.1",
        "application/openmetrics-text;version=0.0.1,text/plain;version=0.0.4;q=0.1",
        "application/openmetrics-text;version=2.0.0",
        "application/openmetrics-text;q=0,*/*",
        "application/openmetrics-text;q=0.4,text/plain;q=0.5",
        "application/openmetrics-text;q=nan", "application/openmetrics-text;q=-1", "application/openmetrics-text;q=",
        "application/openmetrics-text;q=1e0", "application/openmetrics-text;q=0.0",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited",
        #"x/y;a="application/openmetrics-text,application/openmetrics-text;q=1""#,
        #"x/y;a=",application/openmetrics-text"#,
        #"x/y;a="\",application/openmetrics-text""#,
        "application/openmetrics-text-and-more", "xapplication/openmetrics-text",
    ])
    func textIsTheAnswer(header: String?) {
        #expect(metrics.choose(accept: header).offer == .text)
    }

    @Test(arguments: [
        "application/openmetrics-text", "application/*", "Application/OpenMetrics-Text;Version=1.0.0",
        " application/openmetrics-text ; version=1.0.0 ; q=0.5 , text/plain ; q=0.4 ",
        "application/openmetrics-text\t;\tversion = 1.0.0",
        #"application/openmetrics-text;version="1.0.0""#, #"application/openmetrics-text;version="1\.0.0""#,
        #"x/y;a="b,c;d";q=0.1,application/openmetrics-text"#,
        "application/openmetrics-text,text/plain", "*/*,application/openmetrics-text",
        "text/plain;q=0.5,application/openmetrics-text;q=0.51", "text/plain;q=.5,application/openmetrics-text;q=1.",
        "application/openmetrics-text;q=0.0001", "application/openmetrics-text;version=0.0.1;version=1.0.0",
        "application/openmetrics-text;q=99999999999999999999999", "text/plain;q=0,*/*",
        "garbage,application/openmetrics-text", ";q=1,application/openmetrics-text;;;q=1;",
        "application/openmetrics-text;charset=UTF-8",
    ])
    func openMetricsIsTheAnswer(header: String) {
        #expect(metrics.choose(accept: header).offer == .openMetrics)
    }

    @Test(arguments: [
        ("text/plain;escaping=dots", NameEscaping.dots),
        ("text/plain;escaping=values", .values),
        ("text/plain;escaping=underscores", .underscores),
        ("text/plain;escaping=allow-utf-8", .allowUTF8),
        ("text/plain;q=1;escaping=\"values\"", .values),
        ("text/plain", .underscores),
        ("text/plain;escaping=none", .underscores),
        ("text/plain;escaping=", .underscores),
        ("text/plain;escaping=dots;escaping=values", .values),
        ("application/json;escaping=dots,text/plain;q=0.5", .underscores),
        ("application/json;escaping=dots", .underscores),
        ("*/*;escaping=dots", .dots),
    ])
    func escapingIsThatOfTheElementAnswered(header: String, escaping: NameEscaping) {
        #expect(metrics.choose(accept: header).escaping == escaping)
    }

    /// In quadratic time it would be hours.
    @Test(.timeLimit(.minutes(5))) func megabytesTakeLinearTime() {
        let pieces = [
            ",", ";", "\"", "\\", " ", "a", "text/plain;q=0.1,", "text/plain;", "a=b;", "*/*;q=0.1,", "x/y;a=\"b\",",
            "x/y;a=\"", "0", "q=0",
        ]
        for piece in pieces {
            let header = String(repeating: piece, count: (1 << 20) / piece.utf8.count) + ",text/plain;version=0.0.4"
            #expect(metrics.choose(accept: header).offer == .text)
        }
    }

    @Test func anyBytesGetAnAnswer() {
        var random = SeededGenerator(seed: 3)
        let words = [
            "text", "plain", "/", "*", ";", ",", "\"", "\\", "=", "q", "q=0.5", "version", "1.0.0", " ", "\t", "é", ".",
            "application/openmetrics-text", "escaping=dots",
        ]
        for _ in 0..<5000 {
            let soup = (0..<Int.random(in: 0...30, using: &random)).map { _ in words.randomElement(using: &random)! }
            _ = metrics.choose(accept: soup.joined())
            _ = metrics.choose(accept: String(decoding: random.bytes(40), as: UTF8.self))
        }
    }
}
