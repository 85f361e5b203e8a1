/// Text from outside, made fit to be shown: short, on one line, and without control over the terminal.
package enum Shown {
    package static func quoted(_ text: String, limit: Int = 80) -> String {
        let head = text.unicodeScalars.prefix(limit).map { escaped($0) }.joined()
        return "\"\(head)\(text.unicodeScalars.count > limit ? "…" : "")\""
    }

    package static func isBare(_ key: String) -> Bool {
        !key.isEmpty && key.utf8.count <= 80 && key.utf8.allSatisfy(isWord)
    }

    package static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    package static func list(_ items: [String], limit: Int = 12) -> String {
        let rest = items.count - limit
        return items.prefix(limit).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate:
            "\\u{\(String(scalar.value, radix: 16))}"
        default: String(scalar)
        }
    }
}
