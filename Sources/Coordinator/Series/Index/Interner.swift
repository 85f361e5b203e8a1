import Metrics

/// Byte strings by number: each is kept once, however often it comes.
struct Interner: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [UInt32] = []
    private var hashes: [UInt32] = []
    private var index = RowIndex()

    var count: Int { ends.count }

    func range(of number: Int) -> Range<Int> {
        (number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number])
    }

    /// Of all strings together; ``range(of:)`` says where one is.
    var storage: [UInt8] { bytes }

    mutating func number(of text: Span<UInt8>) -> Int {
        let hash = text.seededHash
        var probe = index.probe(hash)
        let storage = bytes
        while let candidate = index.next(&probe) {
            if hashes[candidate] == hash, storage.span.extracting(range(of: candidate)).equals(text) {
                return candidate
            }
        }
        return add(text, hash)
    }

    private mutating func add(_ text: Span<UInt8>, _ hash: UInt32) -> Int {
        let number = ends.count
        bytes.append(addingCapacity: text.count) { $0.append(copying: text) }
        ends.append(UInt32(bytes.count))
        hashes.append(hash)
        if index.mustGrow(for: count) {
            index = RowIndex(for: 2 * count)
            for number in hashes.indices { index.insert(number, hashes[number]) }
        } else {
            index.insert(number, hash)
        }
        return number
    }
}
