package import Exposition

/// What holds for every sequence of bytes; for tests with random ones and for the fuzzer.
package enum DocumentProperties {
    package struct Violation: Error {
        package let what: String
    }

    package static func check(_ bytes: [UInt8], format: ExpositionFormat, names: NameRule) throws {
        let whole = ExpositionParser.read([bytes[...]], format: format, names: names)
        let single = ExpositionParser.read(bytes.indices.map { bytes[$0...$0] }, format: format, names: names)
        guard single == whole else { throw Violation(what: "in single bytes: \(single), else: \(whole)") }
        let onDemand = ExpositionParser.read([bytes[...]], format: format, names: names, labels: .onDemand)
        guard onDemand == whole else { throw Violation(what: "labels on demand: \(onDemand), else: \(whole)") }
        guard names == .legacy, let lines = try? whole.get() else { return }
        let again = ExpositionParser.read(rendered(lines, format: format), format: format)
        guard (try? again.get().map(\.essence)) == lines.map(\.essence) else {
            throw Violation(what: "read: \(lines), rendered and read again: \(again)")
        }
    }

    private static func rendered(_ lines: [Line], format: ExpositionFormat) -> String {
        lines.map { $0.rendered(format) + "\n" }.joined() + (format == .openMetrics ? "# EOF\n" : "")
    }
}

extension Line {
    /// Without what a rendering need not keep.
    fileprivate var essence: [String] {
        guard case .sample(let reading) = self else { return [description] }
        return [reading.name, String(reading.bits)] + reading.labels.joined()
    }

    fileprivate func rendered(_ format: ExpositionFormat) -> String {
        switch self {
        case .help(let name, let text): return "# HELP \(name) \(text.escaped(quotes: format == .openMetrics))"
        case .type(let name, .unknown): return "# TYPE \(name) \(format == .text ? "untyped" : "unknown")"
        case .type(let name, let type): return "# TYPE \(name) \(type.rawValue)"
        case .unit(let name, let unit): return "# UNIT \(name) \(unit)"
        case .sample(let reading):
            let labels = reading.labels.map { "\($0[0])=\"\($0[1].escaped(quotes: true))\"" }
            return "\(reading.name){\(labels.joined(separator: ","))} \(reading.value)"
        }
    }
}

extension String {
    fileprivate func escaped(quotes: Bool) -> String {
        unicodeScalars.map { scalar in
            switch scalar {
            case "\\": "\\\\"
            case "\n": "\\n"
            case "\"" where quotes: "\\\""
            default: String(scalar)
            }
        }.joined()
    }
}
