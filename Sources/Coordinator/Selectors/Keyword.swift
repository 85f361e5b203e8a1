/// Words that mean something in PromQL, in any case of letters.
enum Keyword: Equatable {
    case aggregator, modifier, operation, number

    /// Nil for a word like any other. What 3.x added to the words are names to 2.42, and may be names in both.
    init?(_ word: ArraySlice<UInt8>) {
        guard word.count <= Self.longest, let keyword = Self.words[word.map(\.lowercased)] else { return nil }
        self = keyword
    }

    /// Whether the word may stand for a metric's name outside of braces.
    static func isName(_ word: ArraySlice<UInt8>) -> Bool {
        !unnameable.contains(word.map(\.lowercased))
    }

    private static let words: [[UInt8]: Keyword] = {
        var words: [[UInt8]: Keyword] = [:]
        for (kind, text) in [
            (
                Keyword.aggregator,
                "avg bottomk count count_values group max min quantile stddev stdvar sum topk limitk limit_ratio"
            ),
            (.modifier, "bool by group_left group_right ignoring offset on without start end"),
            (.operation, "and or unless atan2"),
            (.number, "inf nan"),
        ] {
            for word in text.split(separator: " ") { words[Array(word.utf8)] = kind }
        }
        return words
    }()

    private static let unnameable = Set(
        ["on", "ignoring", "bool", "group_left", "group_right", "atan2", "inf", "nan"].map { Array($0.utf8) })

    private static let longest = "count_values".utf8.count
}

extension UInt8 {
    fileprivate var lowercased: UInt8 { self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self | 0x20 : self }
}
