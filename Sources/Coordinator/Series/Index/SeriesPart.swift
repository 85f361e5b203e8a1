/// What one source shows: its series with their values.
public struct SeriesPart: Sendable {
    let index: SeriesIndex
    /// By row; ``absent`` where the series was there before and is not now.
    let values: [Double]
    /// Milliseconds since 1970 by row where the source said any, `Int64.min` where it said none of this one.
    let timestamps: [Int64]?
    /// When it was read, in milliseconds since 1970.
    public let time: Int64

    init(index: SeriesIndex, values: [Double], timestamps: [Int64]?, time: Int64) {
        self.index = index
        self.values = values
        self.timestamps = timestamps
        self.time = time
    }

    public static let empty = SeriesPart(index: .empty, values: [], timestamps: nil, time: 0)

    /// The NaN by which Prometheus, too, says that a series has ended; no document can hold it.
    static let absent = Double(bitPattern: 0x7FF0_0000_0000_0002)

    public var seriesCount: Int { values.count { $0.bitPattern != Self.absent.bitPattern } }

    /// The same, read again.
    public func read(at time: Int64) -> SeriesPart {
        SeriesPart(index: index, values: values, timestamps: timestamps, time: time)
    }

    /// How long after its own time a sample is still shown, in milliseconds.
    private static let lookback: Int64 = 300_000
    /// How far a source's clock may be ahead, in milliseconds; as with Prometheus, what is further ahead is no sample.
    private static let lead: Int64 = 600_000

    /// Whether a row may be shown at a time in milliseconds.
    @inline(__always)
    func shows(_ row: Int, at now: Int64) -> Bool {
        guard values[row].bitPattern != Self.absent.bitPattern else { return false }
        guard let own = timestamps?[row], own != .min else { return true }
        let counted = min(own, time)
        return own <= time + Self.lead && counted <= now && counted >= now - Self.lookback
    }

    /// In milliseconds since 1970; what is ahead of the reading counts as of its time, so that it is there at once.
    @inline(__always)
    func time(of row: Int) -> Int64 {
        guard let own = timestamps?[row], own != .min else { return time }
        return min(own, time)
    }
}
