extension RawSpan {
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
        for at in byteOffsets {
            guard case .zero ... .nine = self[at] else { return nil }
            value = value &* 10 &+ Int(self[at] &- .zero)
        }
        return value
    }
}
