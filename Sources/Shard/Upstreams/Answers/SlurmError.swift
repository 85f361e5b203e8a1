import Slurm

/// An element of an answer's `errors`.
///
/// Of two shapes: `{error, errno}` in v0.0.38, `{description, error_number, error, source}` elsewhere.
struct SlurmError: Hashable, Sendable, CustomStringConvertible {
    /// nil where it has none.
    let number: Int?
    let description: String

    init(number: Int?, _ description: String) {
        self.number = number
        self.description = description
    }

    init(_ value: JSONValue) {
        number = (value["error_number"] ?? value["errno"])?.integer
        let texts = ["description", "error", "source"].compactMap { value[$0]?.string }.filter { !$0.isEmpty }
        let text = texts.isEmpty ? value.string ?? "an error without a text" : texts.joined(separator: ", ")
        description = number.map { "\(text) (\($0))" } ?? text
    }

    /// A node that isn't there, for example, is answered with an error that has the number of success.
    var isReal: Bool { number != 0 }
}

extension SlurmError {
    /// What it means for the question.
    var kind: UpstreamError.Kind {
        switch number {
        case 1007: .auth
        case 2002: .denied
        case 1800, 1801, 1802, 1803, 5004: .controllerDown
        case 7000: .databaseDown
        default: kindByText
        }
    }

    private var kindByText: UpstreamError.Kind {
        let text = description.lowercased()
        if text.contains("authentication") { return .auth }
        if text.contains("slurmdbd") || text.contains("database") { return .databaseDown }
        return .slurm
    }
}

extension JSONValue {
    /// A number by itself, as text, or as `{set, infinite, number}`; nil where it isn't set.
    var integer: Int? {
        switch self {
        case .number(let number): Int(exactly: number.rounded())
        case .string(let text): Int(text)
        case .object(let members):
            members["set"] == .bool(false) ? nil : members["number"].flatMap { $0.integer }
        default: nil
        }
    }
}
