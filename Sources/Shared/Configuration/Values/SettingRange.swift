/// A range as settings are limited by: `1...65535`, `1...` or `...0.5`.
public protocol SettingRange<Bound> {
    associatedtype Bound: Comparable
    var lowest: Bound? { get }
    var highest: Bound? { get }
}

extension ClosedRange: SettingRange {
    public var lowest: Bound? { lowerBound }
    public var highest: Bound? { upperBound }
}

extension PartialRangeFrom: SettingRange {
    public var lowest: Bound? { lowerBound }
    public var highest: Bound? { nil }
}

extension PartialRangeThrough: SettingRange {
    public var lowest: Bound? { nil }
    public var highest: Bound? { upperBound }
}

struct Bounds<Bound: Comparable & Sendable>: Sendable {
    var lowest: Bound?
    var highest: Bound?

    init(_ range: some SettingRange<Bound>) {
        lowest = range.lowest
        highest = range.highest
    }

    func check(_ value: Bound) throws(Rejection) -> Bound {
        if let lowest, value < lowest { throw Rejection("is too small") }
        if let highest, value > highest { throw Rejection("is too large") }
        return value
    }

    /// ` from 1 to 65535`, to follow what the value is.
    func text(_ write: (Bound) -> String) -> String {
        switch (lowest.map(write), highest.map(write)) {
        case (nil, nil): ""
        case (let lowest?, nil): " of at least \(lowest)"
        case (nil, let highest?): " of at most \(highest)"
        case (let lowest?, let highest?): " from \(lowest) to \(highest)"
        }
    }
}
