/// What a command with formatted output says, told apart by characters that no name holds.
struct ColumnTable {
    private static let column = "\u{1F}"
    private static let row = "\u{1E}"

    /// The value of `-O` that asks for these fields, each as long as it is.
    static func format(_ fields: [String]) -> String {
        fields.dropLast().map { "\($0):\(column)," }.joined() + (fields.last.map { "\($0):\(row)" } ?? "")
    }

    let rows: [Row]

    /// Values by the name of their field.
    struct Row {
        fileprivate let values: [String: String]

        /// - Parameter field: one that was asked for.
        subscript(field: String) -> String { values[field]! }

        /// Nil for what Slurm writes where there is nothing.
        func optional(_ field: String) -> String? {
            let value = self[field]
            return ["", "N/A", "(null)", "none", "Unknown", "NONE"].contains(value) ? nil : value
        }

        func number(_ field: String) -> Int { Int(self[field]) ?? 0 }
    }

    init(_ output: String, fields: [String]) {
        rows = output.split(separator: Self.row).compactMap { line in
            let line = line.drop { $0 == "\n" }
            guard !line.isEmpty else { return nil }
            let values = line.split(separator: Self.column, omittingEmptySubsequences: false).map(String.init)
            guard values.count == fields.count else { return nil }
            return Row(values: Dictionary(uniqueKeysWithValues: zip(fields, values)))
        }
    }
}
