import CZlib

/// A part of a gzip member, compressed by itself: what changes seldom is compressed once and put together with what
/// changes always.
///
/// One after the other, between ``head`` and ``end(of:)``, segments are one member, which every reader of gzip takes for
/// what it is: one compressed body.
public struct GzipSegment: Sendable {
    /// Whole bytes of compressed data, without an end.
    public let bytes: [UInt8]
    /// How many bytes it stands for.
    public let count: Int
    let checksum: UInt

    /// No time, no name, and a system that isn't named (RFC 1952 §2.3).
    public static let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]

    /// What ends the member that consists of these segments: an empty last block, checksum and length.
    public static func end(of segments: [GzipSegment]) -> [UInt8] {
        var checksum: UInt = 0
        var count = 0
        for segment in segments {
            checksum = crc32_combine(checksum, segment.checksum, segment.count)
            count += segment.count
        }
        return [0x03, 0x00] + littleEndian(UInt32(truncatingIfNeeded: checksum))
            + littleEndian(UInt32(truncatingIfNeeded: count))
    }

    private static func littleEndian(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
}

extension GzipSegment {
    public static func compress(_ bytes: [UInt8], level: Gzip.Level = .fastest) -> GzipSegment {
        var compressor = GzipSegmentCompressor(level: level)
        compressor.write(bytes.span.bytes)
        return compressor.finish()
    }
}

/// Makes a segment of a body that comes in pieces.
///
/// Takes 270 KB until it is finished or dropped. May move between threads, but serves one at a time.
public struct GzipSegmentCompressor: ~Copyable, @unchecked Sendable {
    private let stream = ZStream()
    private var output: [UInt8] = []
    private var checksum: UInt = 0
    private var count = 0

    public init(level: Gzip.Level = .fastest) {
        stream.expect(zlib_deflate_init(stream.state, level.rawValue, ZStream.rawWindow, 8), is: Z_OK)
    }

    deinit {
        deflateEnd(stream.state)
    }

    public mutating func write(_ piece: RawSpan) {
        // To zlib, no bytes at no address mean: begin again.
        guard !piece.isEmpty else { return }
        checksum = piece.withUnsafeBytes {
            crc32_z(checksum, $0.bindMemory(to: Bytef.self).baseAddress, $0.count)
        }
        count += piece.byteCount
        stream.deflate(piece, into: &output)
    }

    /// Ends on a whole byte, so that another segment can follow.
    public consuming func finish() -> GzipSegment {
        repeat {
            stream.step(into: &output, capacity: .max) { deflate($0, Z_SYNC_FLUSH) }
        } while stream.outputIsFull
        return GzipSegment(bytes: output, count: count, checksum: checksum)
    }
}
