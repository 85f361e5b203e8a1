/// The texts of symbols, each kept once.
///
/// What isn't UTF-8 is repaired when it is interned, so every text can be a label value.
public struct Symbols: Sendable {
    /// In the order in which they were interned first.
    public private(set) var texts: [String] = [""]
    private var table = ByteTable()

    public init() {}

    public var count: Int { texts.count }

    public subscript(symbol: Symbol) -> String { texts[Int(symbol.index)] }

    public mutating func intern(_ text: String) -> Symbol {
        var text = text
        return text.withUTF8 { intern($0.span.bytes).symbol }
    }

    /// The symbol of a text that was interned before.
    public func symbol(of text: String) -> Symbol? {
        guard !text.isEmpty else { return .empty }
        var text = text
        return text.withUTF8 { table.value(of: $0.span.bytes) }.map { Symbol(index: $0 >> 1) }
    }

    /// The symbol of a number's digits; the empty one for none.
    mutating func intern(number: Int?) -> Symbol { number.map { intern("\($0)") } ?? .empty }

    /// Finds or makes the symbol of bytes that were meant to be UTF-8.
    @inline(__always)
    mutating func intern(_ bytes: RawSpan) -> (symbol: Symbol, isRepaired: Bool) {
        guard bytes.byteCount > 0 else { return (.empty, false) }
        if let value = table.value(of: bytes) { return (Symbol(index: value >> 1), value & 1 == 1) }
        return add(bytes)
    }

    /// Texts that are repaired to the same one have the same symbol.
    private mutating func add(_ bytes: RawSpan) -> (symbol: Symbol, isRepaired: Bool) {
        var (text, isRepaired) = bytes.repairedString
        let symbol: Symbol
        if isRepaired {
            symbol = intern(text)
        } else {
            symbol = Symbol(index: UInt32(texts.count))
            text.makeContiguousUTF8()
            texts.append(text)
        }
        table.insert(bytes, symbol.index << 1 | (isRepaired ? 1 : 0))
        return (symbol, isRepaired)
    }
}

extension RawSpan {
    /// The text, and whether it was no UTF-8.
    var repairedString: (text: String, isRepaired: Bool) {
        withUnsafeBytes { buffer in
            if isASCII { return (String(decoding: buffer, as: UTF8.self), false) }
            if let text = String(validating: buffer, as: UTF8.self) { return (text, false) }
            return (String(decoding: buffer, as: UTF8.self), true)
        }
    }

    private var isASCII: Bool {
        var bits: UInt64 = 0
        var at = 0
        while at + 8 <= byteCount {
            bits |= unsafeLoadUnaligned(fromUncheckedByteOffset: at, as: UInt64.self)
            at += 8
        }
        while at < byteCount {
            bits |= UInt64(unsafeLoad(fromUncheckedByteOffset: at, as: UInt8.self))
            at += 1
        }
        return bits & 0x8080_8080_8080_8080 == 0
    }
}
