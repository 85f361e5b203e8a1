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
        let table = table
        while written < entries.count, bytes.count < limit {
            let (lines, wanted) = (entries[written...].prefix(Self.atOnce), limit - bytes.count)
            let room = lines.reduce(0) { $0 + table.longestLine(of: $1) }
            var end = written
            bytes.append(addingCapacity: room) { out in
                for line in lines where out.count < wanted {
                    table.append(line, to: &out)
                    end += 1
                }
            }
            written = end
        }
        return written < entries.count
    }

    /// Lines for which room is asked together.
    private static let atOnce = 64
}

extension SeriesTable {
    fileprivate func longestLine(of entry: SeriesStore.Entry) -> Int {
        entry.range.count + 4 + (width + 1) * (Number.longest + 2)
    }

    fileprivate func append(_ entry: SeriesStore.Entry, to out: inout OutputSpan<UInt8>) {
        out.append(UInt8(ascii: "{"))
        out.append(copying: store.texts.span.extracting(entry.range))
        out.append(UInt8(ascii: "}"))
        for cell in entry.place * width..<(entry.place + 1) * width {
            out.append(UInt8(ascii: " "))
            out.append(number: cells[cell])
        }
        if entry.place < created.count, case let created = created[entry.place], !created.isNaN {
            out.append(UInt8(ascii: " "))
            out.append(UInt8(ascii: "@"))
            out.append(number: created)
        }
        out.append(UInt8(ascii: "\n"))
    }
}
