/// A sum of what records say; unknown as long as none of them says anything.
///
/// It stops at the largest number rather than trap: what is added comes from outside.
struct Sum: Hashable, Sendable {
    private var value = 0
    private var isKnown = false

    @inline(__always)
    mutating func add(_ amount: Int?, times count: Int = 1) {
        guard let amount else { return }
        isKnown = true
        value = Sum.adding(value, Sum.multiplying(amount, count))
    }

    var known: Int? { isKnown ? value : nil }

    @inline(__always)
    static func adding(_ left: Int, _ right: Int) -> Int {
        let (sum, overflows) = left.addingReportingOverflow(right)
        return overflows ? (right < 0 ? .min : .max) : sum
    }

    @inline(__always)
    static func multiplying(_ left: Int, _ right: Int) -> Int {
        let (product, overflows) = left.multipliedReportingOverflow(by: right)
        return overflows ? ((left < 0) == (right < 0) ? .max : .min) : product
    }
}

extension Int {
    @inline(__always)
    mutating func add(saturating amount: Int) {
        self = Sum.adding(self, amount)
    }
}
