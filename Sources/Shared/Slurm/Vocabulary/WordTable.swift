/// Finds what a word of Slurm's stands for, in capitals or not.
struct WordTable<Value: Sendable>: Sendable {
    private let table: KeyTable<Value>

    init(_ words: [(word: String, value: Value)]) {
        table = KeyTable(words.map { (Array($0.word.utf8), $0.value) })
    }

    func value(of word: RawSpan) -> Value? {
        guard word.byteCount <= 32 else { return nil }
        var lowered = InlineArray<32, UInt8>(repeating: 0)
        for at in word.byteOffsets { lowered[at] = word[at].lowered }
        return table.value(for: lowered.span.bytes.extracting(first: word.byteCount))
    }
}
