/// What a PromQL expression names: its metrics with the labels that select among their series, and the labels by which it
/// groups and joins. Whether it is an expression at all is Prometheus' business.
struct Expression: Sendable {
    struct Selector: Hashable, Sendable {
        var metric: String
        var labels: Set<String>
    }

    let text: String
    private(set) var selectors: Set<Selector> = []
    private(set) var groupingLabels: Set<String> = []

    private static let grouping: Set = ["by", "without", "on", "ignoring", "group_left", "group_right"]
    private static let operators: Set = ["and", "or", "unless", "offset", "bool", "Inf", "NaN"]

    init(_ text: String) {
        self.text = text
        var tokens = Self.tokens(of: text)[...]
        while let token = tokens.popFirst() {
            if Self.grouping.contains(token) {
                groupingLabels.formUnion(Self.list(from: &tokens, "(", ")"))
            } else if token == "{" {
                // A selector without a metric's name.
                tokens = ["{"] + tokens
                _ = Self.list(from: &tokens, "{", "}")
            } else if Self.isName(token), !Self.operators.contains(token), tokens.first != "(",
                !Self.grouping.contains(tokens.first ?? "")
            {
                selectors.insert(Selector(metric: token, labels: Self.list(from: &tokens, "{", "}")))
            }
        }
    }

    /// The names up to the closing bracket, where an opening one comes next.
    private static func list(from tokens: inout ArraySlice<String>, _ opening: String, _ closing: String) -> Set<String>
    {
        guard tokens.first == opening, let end = tokens.firstIndex(of: closing) else { return [] }
        defer { tokens = tokens[(end + 1)...] }
        return Set(tokens[..<end].filter(isName))
    }

    private static func isName(_ token: String) -> Bool {
        token.first.map { $0.isLetter || $0 == "_" || $0 == ":" } ?? false
    }

    /// Without strings, numbers, durations and comments.
    private static func tokens(of text: String) -> [String] {
        text.matches(
            of:
                #/"(?:[^"\\]|\\.)*"|'[^']*'|\[[^\]]*\]|\#[^\n]*|(?<name>[A-Za-z_:][A-Za-z0-9_:]*)|[0-9][0-9A-Za-z.]*|(?<sign>\S)/#
        ).compactMap { ($0.name ?? $0.sign).map { String($0) } }
    }
}

extension Expression {
    /// What an alert looks at, also while all is well: the same without thresholds. An hour takes a second in ranges that are
    /// asked at steps, as their steps are too far apart for what a test has of a past.
    var askable: String { Self.inMiniature(Self.withoutThresholds(text)) }

    private static func withoutThresholds(_ text: String) -> String {
        text.replacing(#/absent\((?<inner>[^()]*)\)/#) { String($0.inner) }
            .replacing(#/\s(?:==|!=|>=|<=|>|<)\s-?[0-9.e]+(?:\s\*\s[0-9]+)?(?=\s|\)|$)/#, with: "")
    }

    private static func inMiniature(_ text: String) -> String {
        text.replacing(#/\[(?<length>[0-9]+)(?<unit>[hd]):(?<step>[0-9]+)h\]/#) { match in
            "[\((Int(match.length) ?? 0) * (match.unit == "d" ? 24 : 1))s:\(match.step)s]"
        }
    }
}
