/// What an answer held that isn't as documented, each counted once a record.
public struct Oddities: Equatable, Sendable {
    /// How many different words are kept; those beyond count under the word `other` of their kind.
    public static let mostUnknownWords = 100
    /// How much of a word is kept.
    static let longestWord = 64

    /// Words of Slurm's that aren't known here.
    public private(set) var unknownWords: [UnknownWord: Int] = [:]
    /// Values of a type that their field can't have, which were taken as not set; by field.
    public private(set) var wrongTypes: [String: Int] = [:]
    /// Texts that weren't UTF-8.
    public private(set) var repairedTexts = 0

    public struct UnknownWord: Hashable, Sendable {
        public var kind: Kind
        public var word: String

        public init(_ kind: Kind, _ word: String) {
            self.kind = kind
            self.word = word
        }
    }

    /// What a word says something about; the raw value is a label value.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case jobState = "job_state"
        case nodeState = "node_state"
        case partitionState = "partition_state"
        case arrayTasks = "array_tasks"
        case resources
    }

    public var isEmpty: Bool { unknownWords.isEmpty && wrongTypes.isEmpty && repairedTexts == 0 }

    mutating func count(unknown word: UnknownWord) {
        if unknownWords[word] == nil, unknownWords.count >= Self.mostUnknownWords {
            unknownWords[UnknownWord(word.kind, "other"), default: 0] += 1
        } else {
            unknownWords[word, default: 0] += 1
        }
    }

    mutating func rewriteWords(_ change: (String) -> String) {
        let words = unknownWords
        unknownWords = [:]
        for (word, count) in words { unknownWords[UnknownWord(word.kind, change(word.word)), default: 0] += count }
    }

    mutating func count(wrongType field: String) { wrongTypes[field, default: 0] += 1 }

    mutating func count(repaired texts: Int) { repairedTexts += texts }
}
