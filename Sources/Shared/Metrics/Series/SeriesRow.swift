/// Where a series lives in its table, as long as it lives; afterwards the row is refused, not mistaken for another.
public struct SeriesRow: Hashable, Sendable {
    let index: UInt32
    let birth: UInt32

    var place: Int { Int(index) }
}
