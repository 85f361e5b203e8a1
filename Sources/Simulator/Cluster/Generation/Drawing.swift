import ServiceRuntime

/// What clusters are drawn with: integers alone, so that they are the same on every machine and in every version.
extension SeededGenerator {
    /// A number below a bound that must be positive.
    mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }

    mutating func chance(_ part: Int, in whole: Int) -> Bool {
        below(whole) < part
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// Low numbers more often than high ones, as few users send most jobs.
    mutating func skewed(below bound: Int) -> Int {
        min(below(bound), below(bound))
    }

    /// How many of something happen that happens `part` times in `whole` on average.
    mutating func times(_ part: Int, in whole: Int) -> Int {
        part / whole + (chance(part % whole, in: whole) ? 1 : 0)
    }

    mutating func pick<Element>(weighted elements: [(weight: Int, element: Element)]) -> Element {
        var rest = below(elements.reduce(0) { $0 + $1.weight })
        for (weight, element) in elements {
            if rest < weight { return element }
            rest -= weight
        }
        preconditionFailure("the weights sum to what was drawn below")
    }
}
