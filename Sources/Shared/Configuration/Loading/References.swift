import YAML

/// `${NAME}` and `${NAME:-default}` in the text of a value, taken from the environment.
///
/// The result is never read as YAML again, so no variable can add keys. `$$` is a `$`; a `$` before anything else stands for
/// itself, as in a regular expression.
enum References {
    static func expand(_ text: String, _ variables: [String: String]) throws(Rejection) -> String {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        var result = ""
        var rest = Substring(text)
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            switch rest.first {
            case "$":
                result += "$"
                rest.removeFirst()
            case "{":
                guard let end = rest.firstIndex(of: "}") else {
                    throw Rejection("\"${\" is not closed: write ${NAME}, or $${ for the text ${")
                }
                result += try value(of: rest[rest.index(after: rest.startIndex)..<end], variables)
                rest = rest[rest.index(after: end)...]
            default: result += "$"
            }
        }
        return result + rest
    }

    /// The other way round: text that `expand` turns into the given one.
    static func escape(_ text: String) -> String {
        text.contains("$$") || text.contains("${") ? text.replacing("$", with: "$$") : text
    }

    private static func value(of reference: Substring, _ variables: [String: String]) throws(Rejection) -> String {
        let parts = reference.split(separator: ":-", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        guard isName(name) else {
            throw Rejection(
                "${\(Shown.isBare(name) ? name : "…")} is no reference: write ${NAME}, or $${ for the text ${")
        }
        let value = variables[name]
        if parts.count == 2 { return value.flatMap { $0.isEmpty ? nil : $0 } ?? String(parts[1]) }
        guard let value else {
            throw Rejection(
                "the environment variable \(name) is not set: set it, or write ${\(name):-default}", ofThisHost: true)
        }
        return value
    }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.first.map { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } == true
            && name.utf8.allSatisfy { Shown.isWord($0) && $0 != UInt8(ascii: "-") }
    }
}

/// Why a text is not the value that it should be; reads on after the text: `"3x" has an unknown unit`.
public struct Rejection: Error, Sendable {
    public let reason: String
    /// Whether the text may hold a secret, so that it is not repeated.
    let hidesText: Bool
    /// Whether it may be good on another host.
    let isOfThisHost: Bool

    public init(_ reason: String, hidingText hidesText: Bool = false, ofThisHost isOfThisHost: Bool = false) {
        self.reason = reason
        self.hidesText = hidesText
        self.isOfThisHost = isOfThisHost
    }
}
