extension Reading {
    /// The word for why a job waits. Where the scheduler has left a description, squeue shows that in the word's place.
    mutating func reason(_ text: RawSpan) -> Symbol {
        if text.isNull || text.hasSameBytes(as: "None") { return .empty }
        if text.byteCount <= Oddities.longestWord, text.byteOffsets.allSatisfy({ text[$0].isPartOfWord }) {
            return intern(text)
        }
        for (beginning, word) in Self.descriptions where text.begins(with: beginning) {
            return symbols.intern("\(word)")
        }
        return symbols.intern("other")
    }

    private static let descriptions: [(beginning: StaticString, word: StaticString)] = [
        ("ReqNodeNotAvail", "ReqNodeNotAvail"), ("Nodes required for job", "Resources"),
        ("job requeued in held state", "JobHeldUser"), ("launch failed requeued held", "JobHeldAdmin"),
    ]
}

extension RawSpan {
    /// Some releases write `_` for a blank.
    fileprivate func begins(with text: StaticString) -> Bool {
        guard byteCount >= text.utf8CodeUnitCount else { return false }
        return (0..<text.utf8CodeUnitCount).allSatisfy { at in
            self[at] == text.utf8Start[at] || self[at] == UInt8(ascii: "_") && text.utf8Start[at].isBlank
        }
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == UInt8(ascii: " ") }

    fileprivate var isPartOfWord: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), .zero ... .nine: true
        default: self == UInt8(ascii: "_") || self == UInt8(ascii: "(") || self == UInt8(ascii: ")")
        }
    }
}
