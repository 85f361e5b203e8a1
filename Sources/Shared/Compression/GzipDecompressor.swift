import CZlib

/// Decompresses a body that comes in pieces, of one gzip member or several in a row.
///
/// After an error it can only be dropped. May move between threads, but serves one at a time.
public struct GzipDecompressor: ~Copyable, @unchecked Sendable {
    private let stream: ZStream
    private let limit: Int
    private var produced = 0
    private var isBetweenMembers = false

    /// - Parameter limit: the most bytes to produce in all.
    public init(limit: Int) {
        precondition(limit >= 0)
        stream = ZStream()
        self.limit = min(limit, .max - 1)
        stream.expect(zlib_inflate_init(stream.state, ZStream.gzipWindow), is: Z_OK)
    }

    deinit {
        inflateEnd(stream.state)
    }

    /// Appends all that the piece stands for: up to a thousand times its size, but never past the limit.
    public mutating func write(_ piece: RawSpan, into output: inout [UInt8]) throws(GzipError) {
        var rest = piece
        while !rest.isEmpty {
            rest = rest.extracting(droppingFirst: try write(rest, upTo: .max, into: &output))
        }
    }

    /// Appends at most `maximum` bytes of what the piece stands for.
    ///
    /// - Returns: how many bytes of the piece were used. Where `maximum` bytes came there may be more, even if that is
    ///   the whole piece: call again with the rest, be it empty.
    public mutating func write(
        _ piece: RawSpan, upTo maximum: Int, into output: inout [UInt8]
    ) throws(GzipError) -> Int {
        precondition(maximum > 0)
        var room = maximum
        return try ZStream.feed(piece, to: stream.state) { () throws(GzipError) in
            repeat {
                try beginMemberIfNeeded()
                room -= try inflateStep(upTo: room, into: &output)
            } while room > 0 && (stream.hasInput || stream.outputIsFull && !isBetweenMembers)
        }
    }

    /// Checks that the end of the data has been reached.
    public consuming func finish() throws(GzipError) {
        guard isBetweenMembers else { throw .truncated }
    }

    private mutating func beginMemberIfNeeded() throws(GzipError) {
        guard isBetweenMembers, stream.hasInput else { return }
        stream.expect(inflateReset(stream.state), is: Z_OK)
        isBetweenMembers = false
    }

    /// - Returns: how many bytes it appended.
    private mutating func inflateStep(upTo room: Int, into output: inout [UInt8]) throws(GzipError) -> Int {
        guard !isExceeded else { throw .tooLarge(limit: limit) }
        let before = output.count
        // One byte more than allowed tells a body that is too large from one that just fits.
        let capacity = min(room, limit - produced + 1)
        let code = stream.step(into: &output, capacity: capacity) { inflate($0, Z_NO_FLUSH) }
        let appended = output.count - before
        produced += appended
        guard !isExceeded else {
            output.removeLast()
            throw .tooLarge(limit: limit)
        }
        switch code {
        case Z_STREAM_END: isBetweenMembers = true
        case Z_OK, Z_BUF_ERROR: break
        default: throw .corrupt(stream.message)
        }
        return appended
    }

    private var isExceeded: Bool { produced > limit }
}
