import Compression

/// Decodes a gzip body a bounded chunk at a time.
///
/// libcurl could decode on the way in, but it inflates all it has read even while the transfer is paused, up to 64 MB,
/// and takes a stream that is cut off for a whole one.
struct BodyDecoder: ~Copyable {
    private var decompressor: GzipDecompressor
    private var input: [UInt8] = []
    private var used = 0
    /// The last chunk was full, so that zlib may hold more.
    private var mayHoldMore = false
    private var isUntouched = true

    /// - Parameter limit: the most bytes to produce in all.
    init(limit: Int) {
        decompressor = GzipDecompressor(limit: max(0, limit))
    }

    /// For when `next` has nothing left.
    mutating func feed(_ bytes: [UInt8]) {
        input = bytes
        used = 0
        if !bytes.isEmpty { isUntouched = false }
    }

    /// - Returns: the next bytes, none when it needs more to go on.
    mutating func next() throws(GzipError) -> [UInt8] {
        guard used < input.count || mayHoldMore else { return [] }
        var chunk: [UInt8] = []
        chunk.reserveCapacity(Self.chunkSize)
        // A span of the property would borrow all of self.
        let input = input
        let rest = input.span.bytes.extracting(droppingFirst: used)
        used += try decompressor.write(rest, upTo: Self.chunkSize, into: &chunk)
        mayHoldMore = chunk.count == Self.chunkSize
        return chunk
    }

    /// Checks that the body is whole; one without any byte is.
    consuming func finish() throws(GzipError) {
        if !isUntouched { try decompressor.finish() }
    }

    private static let chunkSize = 128 << 10
}
