import Exposition
import Metrics

/// What a source showed when it was read last, so that series that are known are found by their bytes.
public struct PartLayout: Sendable {
    let index: SeriesIndex
    let format: ExpositionFormat
    let labels: TargetLabels
    /// What was declared, as it was read.
    let metadata: [UInt8]
    /// Of the series' bytes, in the order of the document. They are keyed by the process: who doesn't know the key can't
    /// make two that are equal, and by chance it takes more series than there will ever be.
    private let hashes: [UInt64]
    private let rows: [UInt32]
    private let places: RowIndex

    init(
        index: SeriesIndex, format: ExpositionFormat, labels: TargetLabels, metadata: [UInt8], hashes: [UInt64],
        rows: [UInt32]
    ) {
        self.index = index
        self.format = format
        self.labels = labels
        self.metadata = metadata
        self.hashes = hashes
        self.rows = rows
        var places = RowIndex(for: hashes.count)
        for (place, hash) in hashes.enumerated() { places.insert(place, UInt32(truncatingIfNeeded: hash)) }
        self.places = places
    }

    static func empty(_ format: ExpositionFormat, _ labels: TargetLabels) -> PartLayout {
        PartLayout(index: .empty, format: format, labels: labels, metadata: [], hashes: [], rows: [])
    }

    func row(at place: Int) -> Int { Int(rows[place]) }

    func hash(at place: Int) -> UInt64 { hashes[place] }

    /// - Parameter expected: where the series stands if the document has its old order.
    @inline(__always)
    func place(of hash: UInt64, expected: Int) -> Int? {
        if expected < hashes.count, hashes[expected] == hash { return expected }
        var probe = places.probe(UInt32(truncatingIfNeeded: hash))
        while let place = places.next(&probe) {
            if hashes[place] == hash { return place }
        }
        return nil
    }
}

extension Span<UInt8> {
    /// Differs from process to process.
    var seededHash64: UInt64 {
        var hasher = Hasher()
        withUnsafeBytes { hasher.combine(bytes: $0) }
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}
