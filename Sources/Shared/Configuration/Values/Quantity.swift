/// A number with up to nine decimals, in whole billionths, so that `0.1` is a tenth.
struct Quantity {
    static let one = 1_000_000_000

    var billionths: Int
    /// What follows the number.
    var rest: Substring

    /// Takes the number at the front of a text, or nothing if there is none or it is too large.
    init?(at text: Substring) {
        let whole = text.prefix { $0.isASCII && $0.isWholeNumber }
        var rest = text.dropFirst(whole.count)
        var fraction: Substring = ""
        if rest.first == "." {
            fraction = rest.dropFirst().prefix { $0.isASCII && $0.isWholeNumber }
            rest = rest.dropFirst(1 + fraction.count)
            guard !fraction.isEmpty else { return nil }
        }
        guard !whole.isEmpty, fraction.count <= 9, let units = Int(whole) else { return nil }
        let part = Int(fraction + String(repeating: "0", count: 9 - fraction.count))!
        let (product, overflow) = units.multipliedReportingOverflow(by: Quantity.one)
        let (sum, carry) = product.addingReportingOverflow(part)
        guard !overflow, !carry else { return nil }
        billionths = sum
        self.rest = rest
    }

    /// In whole units of a billionth of `unit`, or nothing if that is too large or no whole number.
    func times(_ unit: Int) -> Int? {
        let (high, low) = billionths.multipliedFullWidth(by: unit)
        guard high < Quantity.one / 2 else { return nil }
        let (quotient, remainder) = Quantity.one.dividingFullWidth((high, low))
        return remainder == 0 ? quotient : nil
    }
}
