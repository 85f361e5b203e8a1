/// Words of a line of `scontrol show … --oneliner`: `NodeName=c1 Arch=x86_64 OS=Linux 6.1.0 #1 SMP  State=IDLE`.
///
/// A value goes on up to the next blank before something like a key. Only the words of keys that are known are handed
/// over, each once; from the first key of free text on the rest of the line is that text.
struct KeyedLine<Key: RawRepresentable<UInt8> & Sendable>: Sendable {
    private let table: KeyTable<Key>
    private let texts: Set<UInt8>

    /// - Parameter texts: keys whose values are free text, which can have anything in it.
    init(_ keys: [(name: StaticString, key: Key)], texts: [Key] = []) {
        table = KeyTable(keys.map { (Array("\($0.name)".utf8), $0.key) })
        self.texts = Set(texts.map(\.rawValue))
    }

    func read(_ line: RawSpan, _ body: (Key, RawSpan) -> Void) {
        var seen: UInt64 = 0
        var at = 0
        while let word = Self.word(of: line, from: at) {
            let key = table.value(for: line.extracting(word.key))
            if let key, texts.contains(key.rawValue) {
                let text = line.extracting(word.value.lowerBound..<line.byteCount)
                return body(key, text.extracting(text.trimmed))
            }
            if let key, seen & 1 << UInt64(key.rawValue) == 0 {
                seen |= 1 << UInt64(key.rawValue)
                let value = line.extracting(word.value)
                body(key, value.extracting(value.trimmed))
            }
            at = word.value.upperBound
        }
    }

    /// The next key, and its value up to the key after it.
    private static func word(of line: RawSpan, from start: Int) -> (key: Range<Int>, value: Range<Int>)? {
        guard let key = nextKey(of: line, from: start) else { return nil }
        let value = key.upperBound + 1
        return (key, value..<(nextKey(of: line, from: value, isInValue: true)?.lowerBound ?? line.byteCount))
    }

    private static func nextKey(of line: RawSpan, from start: Int, isInValue: Bool = false) -> Range<Int>? {
        var begin: Int? = isInValue ? nil : start
        for at in start..<line.byteCount {
            let byte = line[at]
            if byte == UInt8(ascii: " ") {
                begin = at + 1
            } else if byte == UInt8(ascii: "="), let first = begin, first < at {
                return first..<at
            } else if !byte.isPartOfKey {
                begin = nil
            }
        }
        return nil
    }
}

extension UInt8 {
    fileprivate var isPartOfKey: Bool {
        switch self | 0x20 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: self == .colon || self == UInt8(ascii: "/") || self == UInt8(ascii: "_")
        }
    }
}
