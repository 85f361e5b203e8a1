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

    private var slots: [Slot] = []
    private(set) var texts: [UInt8] = []
    private var liveTextBytes = 0
    private var index = RowIndex()
    /// Rows in the order of their texts; some may have gone since.
    private var order: [UInt32] = []
    private var newcomers: [UInt32] = []
    /// Rows that `order` or `newcomers` may still name, so not yet free.
    private var vanished: [UInt32] = []
    private var free: [UInt32] = []
    private var births: UInt32 = 0
    private var generation: UInt32 = 1

    var count: Int { slots.count - free.count - vanished.count }

    /// One more than the last row in use or free.
    var end: Int { slots.count }

    /// Bytes of the texts of all series.
    var textBytes: Int { liveTextBytes }

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
        liveTextBytes += text.count
        newcomers.append(UInt32(place))
        if index.mustGrow(for: count) { rebuildIndex() } else { index.insert(place, hash) }
        return row(at: place)
    }

    mutating func remove(_ place: Int) {
        index.remove(place, slots[place].hash) { [slots] in slots[$0].hash }
        release(place)
    }

    private mutating func release(_ place: Int) {
        liveTextBytes -= Int(slots[place].length)
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
        order = sortedPlaces()
        newcomers.removeAll()
        free.append(contentsOf: vanished)
        vanished.removeAll()
        if texts.count > liveTextBytes + liveTextBytes / 4 || texts.capacity > 2 * liveTextBytes { repack() }
    }

    private var isUnsettled: Bool { !newcomers.isEmpty || !vanished.isEmpty }

    /// Live rows in the order of their texts.
    func sortedPlaces() -> [UInt32] {
        guard isUnsettled else { return order }
        let added = newcomers.filter(isLive).sorted(by: precedes)
        guard !order.isEmpty else { return added }
        return merge(order.filter(isLive), added)
    }

    private func merge(_ old: [UInt32], _ added: [UInt32]) -> [UInt32] {
        var merged: [UInt32] = []
        merged.reserveCapacity(old.count + added.count)
        var next = 0
        for place in added {
            let end = upperBound(of: place, in: old, from: next)
            merged.append(contentsOf: old[next..<end])
            merged.append(place)
            next = end
        }
        merged.append(contentsOf: old[next...])
        return merged
    }

    private func upperBound(of place: UInt32, in rows: [UInt32], from start: Int) -> Int {
        var (low, high) = (start, rows.count)
        while low < high {
            let middle = (low + high) / 2
            if precedes(place, rows[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private func isLive(_ place: UInt32) -> Bool {
        slots[Int(place)].isLive
    }

    private func precedes(_ left: UInt32, _ right: UInt32) -> Bool {
        let texts = texts.span
        return texts.extracting(slots[Int(left)].range).precedes(texts.extracting(slots[Int(right)].range))
    }

    /// Writes the texts anew without gaps and in order, which is how rendering reads them.
    private mutating func repack() {
        var packed: [UInt8] = []
        packed.reserveCapacity(liveTextBytes)
        for place in order {
            let range = slots[Int(place)].range
            slots[Int(place)].start = packed.count
            packed.append(addingCapacity: range.count) { $0.append(copying: texts.span.extracting(range)) }
        }
        texts = packed
    }
}
