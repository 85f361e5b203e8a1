/// A number with up to nine decimals, in whole billionths, so that `0.1` is a tenth.
struct Quantity {
    private static let one: Int128 = 1_000_000_000

    private let billionths: Int128
    /// What follows the number.
    let rest: Substring

    /// Takes the number at the front of a text; nothing if there is none.
    init?(at text: Substring) throws(Rejection) {
        let whole = text.prefix { $0.isASCII && $0.isWholeNumber }
        var rest = text.dropFirst(whole.count)
        var fraction: Substring = ""
        if rest.first == "." {
            fraction = rest.dropFirst().prefix { $0.isASCII && $0.isWholeNumber }
            rest = rest.dropFirst(1 + fraction.count)
            guard !fraction.isEmpty else { return nil }
        }
        guard !whole.isEmpty else { return nil }
        guard let units = Int(whole) else { throw Rejection("is too large") }
        guard fraction.count <= 9 else { throw Rejection("has more than nine decimals") }
        let part = Int128(fraction + String(repeating: "0", count: 9 - fraction.count))!
        billionths = Int128(units) * Quantity.one + part
        self.rest = rest
    }

    /// This many times so much, which has to be a whole number.
    func times(_ unit: Int) throws(Rejection) -> Int {
        let (product, overflow) = billionths.multipliedReportingOverflow(by: Int128(unit))
        guard !overflow, let result = Int(exactly: product / Quantity.one) else { throw Rejection("is too large") }
        guard product.isMultiple(of: Quantity.one) else { throw Rejection("is too fine") }
        return result
    }
}
