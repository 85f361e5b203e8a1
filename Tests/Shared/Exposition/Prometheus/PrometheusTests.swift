import Exposition
import ExpositionProperties
import Foundation
import ServiceRuntime
import TestSupport
import Testing

/// What Prometheus itself makes of a document, document by document: each is a target of one real server.
@Suite struct PrometheusTests {
    @Test(.enabled(if: Tool.isInstalled("prometheus")), .timeLimit(.minutes(2)))
    func verdictsAndSamplesAreThoseOfPrometheus() async throws {
        let targets = Target.documents + Target.differing + Target.mutants(count: 150)
        let scraper = try await Scraper(targets)
        let scrapes = try await scraper.scrapes()
        #expect(scrapes.count == targets.count)
        for (target, scrape) in zip(targets, scrapes) {
            let ours = target.read()
            if let difference = target.difference {
                #expect(scrape.isGood && ours.error != nil, "\(target) is no difference any more: \(difference)")
            } else if scrape.isGood != (ours.error == nil) {
                Issue.record("\(target): Prometheus says \(scrape.error), we say \(String(describing: ours.error))")
            } else if scrape.isGood {
                #expect(scrape.samples == ours.firstSamples, "\(target)")
            }
        }
    }
}

extension Target {
    static let documents =
        Documents.text.map { Target(.text, $0) } + Documents.openMetrics.map { Target(.openMetrics, $0) }

    /// Always the same ones, without zero bytes, at which Prometheus stops reading in places.
    static func mutants(count: Int) -> [Target] {
        var random = SeededGenerator(seed: 1)
        return (0..<count).compactMap { _ in
            guard let target = documents.randomElement(using: &random) else { return nil }
            return Target(target.format, Mutation.of(target.document, using: &random))
        }.filter { !$0.document.contains(0) }
    }

    /// Where Prometheus accepts a document and silently loses a part of it, which we refuse.
    private static let stricter = [
        "a{b=\"1\",b=\"\"} 1\n": "of a name that occurs twice, once without a value, Prometheus drops both labels",
        "a 1\n\u{0}b 2\n": "a zero byte where a line begins is the end of the document to Prometheus",
    ]

    static let differing = stricter.keys.sorted().map { Target(.text, $0) }

    /// Why we refuse what Prometheus takes.
    var difference: String? {
        Self.stricter[String(decoding: document, as: UTF8.self)]
    }
}

extension Result<[Line], ExpositionError> {
    /// By series, as a consumer keeps them: the first of each counts.
    fileprivate var firstSamples: [[String: String]: UInt64] {
        Dictionary(
            samples.map { sample in
                (
                    Dictionary(sample.labels.map { ($0[0], $0[1]) }) { $1 }.merging(["__name__": sample.name]) { $1 },
                    sample.value.isNaN ? Double.nan.bitPattern : sample.bits
                )
            }, uniquingKeysWith: { first, _ in first })
    }
}
