/// Label texts and where they live: a hash index over rows that are used again, and the rows in order.
struct SeriesStore: Sendable {
    /// One row; a free one was last seen in generation 0.
    private struct Slot {
        var start = 0
        var length: UInt32 = 0
        var hash: UInt32 = 0
        var birth: UInt32 = 0
        var seen: UInt32 = 0

        var isLive: Bool { seen != 0 }
        var range: Range<Int> { start..<start + Int(length) }
    }

    /// A row in the order, with the place of its text at hand: looking it up would cost more than copying it.
    struct Entry: Sendable {
        let row: UInt32
        fileprivate let length: UInt32
        fileprivate let start: Int

        var place: Int { Int(row) }
        var range: Range<Int> { start..<start + Int(length) }
    }

    private var slots: [Slot] = []
    private(set) var texts: [UInt8] = []
    /// Bytes of the texts of all series.
    private(set) var liveBytes = 0
    /// Bytes of texts that are out of order or that nobody needs any more.
    private var untidyBytes = 0
    private var index = RowIndex()
    /// Rows in the order of their texts; some may have gone since.
    private var order: [Entry] = []
    private var newcomers: [UInt32] = []
    /// Rows that `order` or `newcomers` may still name, so not yet free.
    private var vanished: [UInt32] = []
    private var free: [UInt32] = []
    private var births: UInt32 = 0
    private var generation: UInt32 = 1

    var count: Int { slots.count - free.count - vanished.count }

    /// One more than the last row in use or free.
    var end: Int { slots.count }

    /// Where in `texts` the text of this row is.
    func range(at place: Int) -> Range<Int> {
        slots[place].range
    }

    func row(at place: Int) -> SeriesRow {
        SeriesRow(index: UInt32(place), birth: slots[place].birth)
    }

    func isAlive(_ row: SeriesRow) -> Bool {
        row.place < slots.count && slots[row.place].birth == row.birth && slots[row.place].isLive
    }

    func place(of row: SeriesRow) -> Int {
        precondition(isAlive(row), "the series at this row has vanished")
        return row.place
    }

    /// - Returns: the row of the series, and whether it is asked for the first time in this generation.
    mutating func row(_ text: [UInt8]) -> (SeriesRow, isFresh: Bool) {
        let hash = text.span.seededHash
        if let place = find(text.span, hash) {
            let isFresh = slots[place].seen != generation
            slots[place].seen = generation
            return (row(at: place), isFresh)
        }
        return (insert(text, hash), true)
    }

    /// - Returns: whether it is asked for the first time in this generation; nil if it has vanished.
    mutating func touch(_ row: SeriesRow) -> Bool? {
        guard isAlive(row) else { return nil }
        let isFresh = slots[row.place].seen != generation
        slots[row.place].seen = generation
        return isFresh
    }

    private func find(_ text: Span<UInt8>, _ hash: UInt32) -> Int? {
        var probe = index.probe(hash)
        while let place = index.next(&probe) {
            if slots[place].hash == hash && texts.span.extracting(slots[place].range).equals(text) { return place }
        }
        return nil
    }

    private mutating func insert(_ text: [UInt8], _ hash: UInt32) -> SeriesRow {
        let place: Int
        if let last = free.popLast() {
            place = Int(last)
        } else {
            place = slots.count
            slots.append(Slot())
        }
        births &+= 1
        slots[place] = Slot(
            start: texts.count, length: UInt32(text.count), hash: hash, birth: births, seen: generation)
        texts.append(contentsOf: text)
        liveBytes += text.count
        untidyBytes += text.count
        newcomers.append(UInt32(place))
        if index.mustGrow(for: count) { rebuildIndex() } else { index.insert(place, hash) }
        return row(at: place)
    }

    mutating func remove(_ place: Int) {
        index.remove(place, slots[place].hash) { [slots] in slots[$0].hash }
        release(place)
    }

    private mutating func release(_ place: Int) {
        liveBytes -= Int(slots[place].length)
        untidyBytes += Int(slots[place].length)
        slots[place].seen = 0
        vanished.append(UInt32(place))
    }

    private mutating func rebuildIndex() {
        index = RowIndex(for: count)
        for place in slots.indices where slots[place].isLive { index.insert(place, slots[place].hash) }
    }
}

extension SeriesStore {
    mutating func beginGeneration() {
        generation += 1
    }

    mutating func endGeneration() {
        let gone = slots.indices.filter { slots[$0].isLive && slots[$0].seen != generation }
        if !gone.isEmpty {
            for place in gone { release(place) }
            rebuildIndex()
        }
        settle()
    }

    mutating func settle() {
        guard isUnsettled else { return }
        order = ordered()
        newcomers.removeAll()
        free.append(contentsOf: vanished)
        vanished.removeAll()
        if untidyBytes > liveBytes / 4 { tidy() }
    }

    private var isUnsettled: Bool { !newcomers.isEmpty || !vanished.isEmpty }

    /// Live rows in the order of their texts.
    func ordered() -> [Entry] {
        guard isUnsettled else { return order }
        let added = sorted(newcomers.filter { slots[Int($0)].isLive }.map(entry))
        return order.isEmpty ? added : merge(order.filter { slots[$0.place].isLive }, added)
    }

    private func entry(_ row: UInt32) -> Entry {
        Entry(row: row, length: slots[Int(row)].length, start: slots[Int(row)].start)
    }

    /// Sorts by the eight bytes behind the common beginning first: most comparisons then touch no text.
    private func sorted(_ entries: [Entry]) -> [Entry] {
        guard let first = entries.first else { return [] }
        let texts = texts.span
        let common = entries.reduce(first.range.count) { common, entry in
            min(common, texts.extracting(first.range).firstDifference(from: texts.extracting(entry.range)))
        }
        let keyed = entries.map { (key: texts.extracting($0.range).sortKey(at: common), entry: $0) }
        return keyed.sorted { $0.key != $1.key ? $0.key < $1.key : precedes($0.entry, $1.entry) }.map(\.entry)
    }

    private func merge(_ old: [Entry], _ added: [Entry]) -> [Entry] {
        var merged: [Entry] = []
        merged.reserveCapacity(old.count + added.count)
        var next = 0
        for entry in added {
            let end = upperBound(of: entry, in: old, from: next)
            merged.append(contentsOf: old[next..<end])
            merged.append(entry)
            next = end
        }
        merged.append(contentsOf: old[next...])
        return merged
    }

    private func upperBound(of entry: Entry, in entries: [Entry], from start: Int) -> Int {
        var (low, high) = (start, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if precedes(entry, entries[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private func precedes(_ left: Entry, _ right: Entry) -> Bool {
        let texts = texts.span
        return texts.extracting(left.range).precedes(texts.extracting(right.range))
    }

    /// Writes the texts anew without gaps and in order, which is how rendering reads them.
    private mutating func tidy() {
        var tidied: [UInt8] = []
        tidied.reserveCapacity(liveBytes)
        for entry in order {
            slots[entry.place].start = tidied.count
            tidied.append(addingCapacity: entry.range.count) { $0.append(copying: texts.span.extracting(entry.range)) }
        }
        texts = tidied
        untidyBytes = 0
        order = order.map { entry($0.row) }
    }
}
