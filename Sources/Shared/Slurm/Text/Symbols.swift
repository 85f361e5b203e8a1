/// The texts of symbols, each kept once.
///
/// What isn't UTF-8 is repaired when it is interned, so every text can be a label value.
public struct Symbols: Sendable {
    private var texts: [String] = [""]
    private var indices: [String: UInt32] = ["": 0]

    public init() {}

    public var count: Int { texts.count }

    public subscript(symbol: Symbol) -> String { texts[Int(symbol.index)] }

    public mutating func intern(_ text: String) -> Symbol {
        if let index = indices[text] { return Symbol(index: index) }
        let index = UInt32(texts.count)
        texts.append(text)
        indices[text] = index
        return Symbol(index: index)
    }

    /// The symbol of a text that was interned before.
    public func symbol(of text: String) -> Symbol? {
        indices[text].map(Symbol.init(index:))
    }
}
