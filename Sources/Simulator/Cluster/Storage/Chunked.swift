/// An array in chunks that are copied one by one when they change.
///
/// A copy costs one retain. Changing an element of a copy copies the list of chunks once and then only the chunks that
/// are touched: that is how a reader keeps a consistent state for seconds while the cluster moves on.
///
/// Chunks are short, for a step changes one job in fifty, all over the table.
public struct Chunked<Element: Sendable>: Sendable {
    public static var chunkLength: Int { 1 << bits }
    private static var bits: Int { 4 }

    private var chunks: [[Element]] = []
    public private(set) var count = 0

    public init() {}

    public subscript(_ index: Int) -> Element {
        _read { yield chunks[index >> Self.bits][index & (Self.chunkLength - 1)] }
        _modify { yield &chunks[index >> Self.bits][index & (Self.chunkLength - 1)] }
    }

    public mutating func append(_ element: Element) {
        if count & (Self.chunkLength - 1) == 0 {
            var chunk: [Element] = []
            chunk.reserveCapacity(Self.chunkLength)
            chunks.append(chunk)
        }
        chunks[count >> Self.bits].append(element)
        count += 1
    }

    /// How many chunks are not the same memory as in another copy: what the other copy costs.
    public func chunksNotShared(with other: Chunked) -> Int {
        var different = 0
        for index in chunks.indices {
            let shared = index < other.chunks.count && Self.address(chunks[index]) == Self.address(other.chunks[index])
            if !shared { different += 1 }
        }
        return different
    }

    private static func address(_ chunk: [Element]) -> UnsafeRawPointer? {
        chunk.withUnsafeBufferPointer { UnsafeRawPointer($0.baseAddress) }
    }
}

extension Chunked: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { count }
}

extension Chunked where Element: Sendable {
    public subscript(_ ref: Ref<Element>) -> Element {
        _read { yield self[ref.index] }
        _modify { yield &self[ref.index] }
    }

    public var refs: LazyMapSequence<Range<Int>, Ref<Element>> {
        (0..<count).lazy.map { Ref($0) }
    }
}
