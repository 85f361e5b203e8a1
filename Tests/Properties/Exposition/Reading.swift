package import Exposition

/// An entry with everything it refers to, for comparison.
package enum Line: Hashable, CustomStringConvertible {
    case help(String, String)
    case type(String, MetricType)
    case unit(String, String)
    case sample(Reading)

    package var description: String {
        switch self {
        case .help(let name, let text): "HELP \(name) \(text)"
        case .type(let name, let type): "TYPE \(name) \(type)"
        case .unit(let name, let unit): "UNIT \(name) \(unit)"
        case .sample(let reading): "\(reading)"
        }
    }
}

package struct Reading: Hashable {
    package let series: String
    package let name: String
    package let labels: [[String]]
    /// As bits, since NaN has to be equal to itself.
    package let bits: UInt64
    package let timestamp: Int64?

    package init(series: String, name: String, labels: [[String]], bits: UInt64, timestamp: Int64?) {
        self.series = series
        self.name = name
        self.labels = labels
        self.bits = bits
        self.timestamp = timestamp
    }

    package var value: Double { Double(bitPattern: bits) }
}

extension ExpositionParser {
    /// Reads a document that arrives in the given pieces.
    package static func read(
        _ pieces: [ArraySlice<UInt8>], format: ExpositionFormat, names: NameRule = .legacy,
        labels: LabelReading = .always, limits: ExpositionLimits = ExpositionLimits()
    ) -> Result<[Line], ExpositionError> {
        var parser = ExpositionParser(format: format, names: names, labels: labels, limits: limits)
        return Result { () throws(ExpositionError) in
            var lines: [Line] = []
            for piece in pieces {
                parser.append(Array(piece))
                try parser.drain(labels, into: &lines)
            }
            parser.finish()
            try parser.drain(labels, into: &lines)
            return lines
        }
    }

    package static func read(
        _ document: String, format: ExpositionFormat = .text, names: NameRule = .legacy,
        labels: LabelReading = .always, limits: ExpositionLimits = ExpositionLimits()
    ) -> Result<[Line], ExpositionError> {
        read([Array(document.utf8)[...]], format: format, names: names, labels: labels, limits: limits)
    }

    private mutating func drain(_ reading: LabelReading, into lines: inout [Line]) throws(ExpositionError) {
        while let entry = try next() {
            switch entry {
            case .help(let name, let text): lines.append(.help(string(name), string(text)))
            case .type(let name, let type): lines.append(.type(string(name), type))
            case .unit(let name, let unit): lines.append(.unit(string(name), string(unit)))
            case .sample(let sample):
                if reading == .onDemand { try readLabels(of: sample) }
                lines.append(.sample(resolve(sample)))
            }
        }
    }

    private func resolve(_ sample: Sample) -> Reading {
        Reading(
            series: string(sample.series), name: string(sample.name),
            labels: labels.map { [string($0.name), string($0.value)] }, bits: sample.value.bitPattern,
            timestamp: sample.timestamp)
    }
}

extension Result<[Line], ExpositionError> {
    package var samples: [Reading] {
        (try? get())?.compactMap { if case .sample(let reading) = $0 { reading } else { nil } } ?? []
    }

    package var error: ExpositionError? {
        if case .failure(let error) = self { error } else { nil }
    }
}
