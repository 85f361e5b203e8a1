import Exposition
import FederatedSeries
import Metrics
import Selectors

/// One source after the other, in the order of their precedence.
func parts(_ texts: String..., labels: TargetLabels = TargetLabels(), time: Int64 = 0) throws -> [SeriesPart] {
    try texts.map { try part($0, labels: labels, time: time).part }
}

func part(
    _ text: String, _ format: ExpositionFormat = .text, labels: TargetLabels = TargetLabels(),
    after layout: PartLayout? = nil, time: Int64 = 0
) throws -> (part: SeriesPart, layout: PartLayout) {
    var reader = PartReader(format, labels: labels, after: layout, time: time)
    try reader.read(Array(text.utf8))
    return try reader.finish()
}

extension Generation {
    func text(
        _ selectors: String..., format: MetricsFormat = .text, settings: AnswerSettings = AnswerSettings(),
        now: Int64 = 0
    ) throws -> String {
        var rendering = select(try selectors.map { try Selector($0) }).rendering(format, settings, now: now)
        var bytes: [UInt8] = []
        while let piece = rendering.next() { bytes += piece }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Lines that are samples, sorted.
    func samples(_ selectors: String..., now: Int64 = 0) throws -> [String] {
        var rendering = select(try selectors.map { try Selector($0) }).rendering(.text, AnswerSettings(), now: now)
        var bytes: [UInt8] = []
        while let piece = rendering.next() { bytes += piece }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
            .map(String.init).sorted()
    }
}
