import FoundationEssentials
import SimulatedCluster

/// The truth as JSON, a value or a row of a list to a line: some megabytes, of which only a line is there at a time.
struct TruthStream {
    private var lines: [Line]
    private let encoder = JSONEncoder()

    private enum Line {
        case text(String)
        case value(any Encodable, before: String, after: String)
    }

    init(_ truth: Truth) {
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let members = Mirror(reflecting: truth).children.sorted { $0.label ?? "" < $1.label ?? "" }
        let texts = members.enumerated().flatMap { index, member in
            Self.lines(of: member.value, named: member.label ?? "", after: index < members.count - 1 ? "," : "")
        }
        lines = ([.text("{")] + texts + [.text("}")]).reversed()
    }

    private static func lines(of value: Any, named name: String, after: String) -> [Line] {
        let key = "  \"\(name)\": "
        if let rows = value as? [any Encodable] {
            let ends = rows.indices.map { $0 < rows.count - 1 ? "," : "" }
            let values = zip(rows, ends).map { Line.value($0, before: "    ", after: $1) }
            return [.text(key + "[")] + values + [.text("  ]" + after)]
        }
        guard let value = value as? any Encodable else { preconditionFailure("\(name) of the truth is no JSON") }
        return [.value(value, before: key, after: after)]
    }

    /// The next line; nil at the end.
    mutating func next() throws -> [UInt8]? {
        switch lines.popLast() {
        case nil: nil
        case .text(let text): Array((text + "\n").utf8)
        case .value(let value, let before, let after):
            try Array(before.utf8) + encoder.encode(value) + Array((after + "\n").utf8)
        }
    }
}
