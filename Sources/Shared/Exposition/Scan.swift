/// A window's bytes, padding included (see ``Window``): whoever looks at bytes one by one stops at the zero behind the text,
/// and a token that ends there is incomplete.
typealias Bytes = Span<UInt8>

extension Bytes {
    /// Where the padding begins.
    var textEnd: Int { count - Window.padding }

    func skippingBlanks(from start: Int) -> Int {
        var index = start
        while self[index] == .space || self[index] == .tab { index += 1 }
        return index
    }

    /// The end of `[a-zA-Z_][a-zA-Z0-9_]*`, with colons in metric names.
    ///
    /// - Returns: `start` if there is no name.
    @inline(__always)
    func endOfName(from start: Int, colons: Bool) -> Int {
        guard !self[start].isDigit else { return start }
        let afterDigits = colons ? UInt8.colon + 1 : .colon
        var index = start
        while true {
            let others = loadWord(at: index).bytesOutsideNames(afterDigits: afterDigits)
            if others != 0 { return index &+ others.trailingZeroBitCount >> 3 }
            index &+= 8
        }
    }

    /// The first of two bytes, or the end of the text; what lies between is looked at eight bytes at a time.
    ///
    /// - Returns: also whether all bytes before it are ASCII. A false alarm is possible: the few bytes behind count too.
    @inline(__always)
    func first(_ one: UInt8, or other: UInt8, from start: Int) -> (index: Int, isASCII: Bool) {
        let ones = UInt64(repeating: one)
        let others = UInt64(repeating: other)
        var index = start
        var seen: UInt64 = 0
        while index < textEnd {
            let word = loadWord(at: index)
            seen |= word
            let hits = (word ^ ones).zeroBytes | (word ^ others).zeroBytes
            if hits != 0 {
                return (Swift.min(index &+ hits.trailingZeroBitCount >> 3, textEnd), !seen.hasHighBits)
            }
            index &+= 8
        }
        return (textEnd, !seen.hasHighBits)
    }

    func first(_ byte: UInt8, from start: Int) -> Int {
        first(byte, or: byte, from: start).index
    }

    func first(_ byte: UInt8, in range: Range<Int>) -> Int? {
        let wanted = UInt64(repeating: byte)
        for index in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
            let hits = (loadWord(at: index) ^ wanted).zeroBytes
            guard hits != 0 else { continue }
            let found = index + hits.trailingZeroBitCount >> 3
            return found < range.upperBound ? found : nil
        }
        return nil
    }

    func countLineFeeds(before end: Int) -> Int {
        let lineFeeds = UInt64(repeating: .lineFeed)
        let words = end & ~7
        var count = 0
        for index in stride(from: 0, to: words, by: 8) {
            count += (loadWord(at: index) ^ lineFeeds).countOfZeroBytes
        }
        for index in words..<end where self[index] == .lineFeed { count += 1 }
        return count
    }

    func loadWord(at index: Int) -> UInt64 {
        UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    func isUTF8(_ range: Range<Int>) -> Bool {
        (try? UTF8Span(validating: extracting(range))) != nil
    }

    func starts(with word: StaticString, at index: Int) -> Bool {
        guard index + word.utf8CodeUnitCount <= textEnd else { return false }
        return String(describing: word).utf8.elementsEqual(index..<index + word.utf8CodeUnitCount) { $0 == self[$1] }
    }
}

extension UInt64 {
    init(repeating byte: UInt8) {
        self = UInt64(byte) &* 0x0101_0101_0101_0101
    }

    /// The high bit of every byte that is zero; above the lowest one there may be false ones.
    var zeroBytes: UInt64 {
        (self &- 0x0101_0101_0101_0101) & ~self & 0x8080_8080_8080_8080
    }

    /// The high bit of every byte that is not in `[a-zA-Z0-9_]`.
    ///
    /// - Parameter afterDigits: the first byte that does not count as a digit any more; one more makes the colon one.
    @inline(__always)
    func bytesOutsideNames(afterDigits: UInt8) -> UInt64 {
        let ascii = self & 0x7F7F_7F7F_7F7F_7F7F
        let folded = ascii | UInt64(repeating: 0x20)
        let letters = folded.bytes(from: UInt8(ascii: "a")) & ~folded.bytes(from: UInt8(ascii: "z") + 1)
        let digits = ascii.bytes(from: UInt8(ascii: "0")) & ~ascii.bytes(from: afterDigits)
        let underscores = ~(ascii ^ UInt64(repeating: UInt8(ascii: "_"))).bytes(from: 1)
        return (~(letters | digits | underscores) | self) & 0x8080_8080_8080_8080
    }

    /// The high bit of every byte that is not below a limit, where all are below 128; other bits are anything.
    @inline(__always)
    private func bytes(from limit: UInt8) -> UInt64 {
        self &+ UInt64(repeating: 128 - limit)
    }

    var countOfZeroBytes: Int {
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        let highBits = ~(((self & low) &+ low) | self | low)
        return Int(truncatingIfNeeded: (highBits >> 7 &* 0x0101_0101_0101_0101) >> 56)
    }

    var hasHighBits: Bool { self & 0x8080_8080_8080_8080 != 0 }
}
