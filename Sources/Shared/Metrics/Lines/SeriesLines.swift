/// A table as text for other processes of the fleet, one line a series, without loss:
///
///     {user="ann",account="physics"} 12
///     {partition="gpu"} 3 0 17 512.25 @1700000000
///
/// The label text as it is rendered, the series' numbers as they are stored (families in fixed point in steps, buckets
/// each by itself), and the time of creation where there is one. Timestamps of samples are not carried.
public struct SeriesLines: Sendable {
    private let table: SeriesTable
    private let entries: [SeriesStore.Entry]
    private var written = 0

    public init(_ table: SeriesTable) {
        self.table = table
        entries = table.store.ordered()
    }

    /// Appends lines, in the order of the labels, until there are about `limit` bytes or no more lines.
    ///
    /// - Returns: whether there are more.
    public mutating func write(to bytes: inout [UInt8], limit: Int = .max) -> Bool {
        while written < entries.count, bytes.count < limit {
            Self.append(entries[written], of: table, to: &bytes)
            written += 1
        }
        return written < entries.count
    }

    private static func append(_ entry: SeriesStore.Entry, of table: borrowing SeriesTable, to bytes: inout [UInt8]) {
        let labels = table.store.texts.span.extracting(entry.range)
        let created = entry.place < table.created.count ? table.created[entry.place] : .nan
        bytes.append(addingCapacity: labels.count + 4 + (table.width + 1) * (Number.longest + 2)) { out in
            out.append(UInt8(ascii: "{"))
            out.append(copying: labels)
            out.append(UInt8(ascii: "}"))
            for cell in entry.place * table.width..<(entry.place + 1) * table.width {
                out.append(UInt8(ascii: " "))
                out.append(number: table.cells[cell])
            }
            if !created.isNaN {
                out.append(UInt8(ascii: " "))
                out.append(UInt8(ascii: "@"))
                out.append(number: created)
            }
            out.append(UInt8(ascii: "\n"))
        }
    }
}
