extension RawSpan {
    /// Calls `body` for each name of a list. A comma before a blank is part of a name: Slurm separates by commas alone.
    @inline(__always)
    func splitNames(_ body: (RawSpan) -> Void) {
        var start = 0
        for at in 0...byteCount {
            guard at == byteCount || self[at] == .comma else { continue }
            if at + 1 < byteCount, self[at + 1] == UInt8(ascii: " ") { continue }
            if at > start { body(extracting(start..<at)) }
            start = at + 1
        }
    }

    /// Calls `body` for each piece between separators that isn't empty.
    @inline(__always)
    func split(_ separator: UInt8, _ body: (RawSpan) -> Void) {
        var start = 0
        for at in 0...byteCount {
            guard at == byteCount || self[at] == separator else { continue }
            if at > start { body(extracting(start..<at)) }
            start = at + 1
        }
    }

    @inline(__always)
    subscript(at: Int) -> UInt8 { unsafeLoad(fromByteOffset: at, as: UInt8.self) }

    func firstIndex(of byte: UInt8) -> Int? { byteOffsets.first { self[$0] == byte } }

    func lastIndex(of byte: UInt8) -> Int? { byteOffsets.last { self[$0] == byte } }

    /// The decimal number that all of the bytes are; nothing for anything else.
    var decimal: Int? {
        guard byteCount > 0, byteCount <= 18 else { return nil }
        var value = 0
        var at = 0
        while at < byteCount {
            let digit = unsafeLoad(fromUncheckedByteOffset: at, as: UInt8.self) &- .zero
            guard digit <= 9 else { return nil }
            value = value &* 10 &+ Int(digit)
            at &+= 1
        }
        return value
    }

    /// Where a byte is, from an offset on; the end where it isn't.
    @inline(__always)
    func place(of byte: UInt8, from start: Int) -> Int {
        var at = start
        while at < byteCount, unsafeLoad(fromUncheckedByteOffset: at, as: UInt8.self) != byte { at &+= 1 }
        return at
    }
}

extension RawSpan {
    /// Whether it is a word, in capitals or not.
    ///
    /// - Parameter word: in lower case.
    func isWord(_ word: StaticString) -> Bool {
        byteCount == word.utf8CodeUnitCount && byteOffsets.allSatisfy { self[$0].lowered == word.utf8Start[$0] }
    }
}

extension UInt8 {
    var lowered: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self }
}
