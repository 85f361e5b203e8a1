/// The part of a document that is held: what has arrived and has not been read.
///
/// The bytes are followed by padding, so that eight at a time may be loaded from any place, and the first of the padding
/// is zero, which ends every token.
struct Window {
    private(set) var storage: [UInt8]
    /// Where the unread part begins.
    var position = 0
    private(set) var end = 0
    /// Just after the last line end.
    private(set) var linesEnd = 0
    private(set) var isClosed = false
    private var droppedLines = 0

    static let padding = 8

    init(capacity: Int = 1 << 16) {
        storage = Array(repeating: 0, count: capacity + Self.padding)
    }

    var unread: Int { end - position }

    /// Whether there is a line to read: a complete one, or the rest of a document that has ended.
    var hasLine: Bool { position < linesEnd || isClosed && position < end }

    /// Slices given out before no longer hold.
    mutating func append(_ chunk: RawSpan) {
        dropRead()
        reserve(chunk.byteCount)
        let target = end...
        chunk.withUnsafeBytes { source in
            storage.withUnsafeMutableBytes {
                UnsafeMutableRawBufferPointer(rebasing: $0[target]).copyMemory(from: source)
            }
        }
        advanceEnd(by: chunk.byteCount)
    }

    mutating func close() {
        isClosed = true
    }

    func lineAndColumn(of offset: Int) -> (line: Int, column: Int) {
        let lineStart = storage[..<offset].lastIndex(of: .lineFeed).map { $0 + 1 } ?? 0
        return (droppedLines + storage.span.countLineFeeds(before: offset) + 1, offset - lineStart + 1)
    }

    private mutating func advanceEnd(by count: Int) {
        let added = end..<end + count
        end += count
        storage[end] = 0
        if let last = storage[added].lastIndex(of: .lineFeed) { linesEnd = last + 1 }
    }

    private mutating func dropRead() {
        guard position > 0 else { return }
        droppedLines += storage.span.countLineFeeds(before: position)
        let rest = position..<end
        storage.withUnsafeMutableBytes { $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[rest])) }
        end -= position
        linesEnd = max(0, linesEnd - position)
        position = 0
    }

    private mutating func reserve(_ count: Int) {
        let needed = end + count + Self.padding
        guard needed > storage.count else { return }
        storage += Array(repeating: 0, count: max(needed, 2 * storage.count) - storage.count)
    }
}
