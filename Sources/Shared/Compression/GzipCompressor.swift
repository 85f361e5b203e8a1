import CZlib

/// Compresses a body that comes in pieces.
///
/// Takes 270 KB until it is finished or dropped. May move between threads, but serves one at a time.
public struct GzipCompressor: ~Copyable, @unchecked Sendable {
    private let stream: ZStream

    public init(level: Gzip.Level = .fastest) {
        stream = ZStream()
        stream.expect(zlib_deflate_init(stream.state, level.rawValue, ZStream.gzipWindow, 8), is: Z_OK)
    }

    deinit {
        deflateEnd(stream.state)
    }

    /// Appends what is ready; much of a piece is only written with later ones or at the end.
    public mutating func write(_ piece: RawSpan, into output: inout [UInt8]) {
        stream.deflate(piece, into: &output)
    }

    public consuming func finish(into output: inout [UInt8]) {
        while stream.step(into: &output, capacity: .max, { deflate($0, Z_FINISH) }) != Z_STREAM_END {}
    }
}
