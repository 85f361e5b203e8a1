import Compression
import Foundation
import ServiceRuntime
import TestSupport
import Testing

@Suite struct GzipSegmentTests {
    /// No segment at all, empty ones, one, several of all sizes.
    @Test(arguments: [[], [0], [1], [0, 5, 0], [100_000], [3, 70_000, 1, 0, 500_000, 2]])
    func segmentsAreOneMember(sizes: [Int]) throws {
        var random = SeededGenerator(seed: 7)
        let parts = sizes.map { Samples.mixed(size: $0, using: &random) }
        #expect(try Gzip.decompress(member(parts.map { .compress($0) }), limit: 1 << 20) == Array(parts.joined()))
    }

    @Test func aSegmentDoesNotDependOnThePiecesItCameIn() throws {
        var random = SeededGenerator(seed: 8)
        let bytes = Samples.mixed(size: 300_000, using: &random)
        var compressor = GzipSegmentCompressor()
        for piece in random.pieces(of: bytes) { compressor.write(piece.span.bytes) }
        let segment = compressor.finish()
        #expect(segment.count == bytes.count)
        #expect(try Gzip.decompress(member([segment]), limit: bytes.count) == bytes)
    }

    /// Readers that others wrote, each with a check of its own of length and checksum.
    @Test(arguments: [
        ["gzip", "-d", "-c"],
        ["python3", "-c", "import gzip, sys; sys.stdout.buffer.write(gzip.open(sys.argv[1]).read())"],
    ])
    func othersReadIt(command: [String]) async throws {
        let directory = try TemporaryDirectory()
        let parts = [Samples.text(size: 200_000), Samples.text(size: 30), Samples.text(size: 77_777)]
        let path = directory.path("text.gz")
        try Data(member(parts.map { .compress($0) })).write(to: URL(filePath: path))
        let reader = try ChildProcess(command[0], Array(command[1...]) + [path])
        #expect(try await reader.exit() == 0, "\(reader.standardError)")
        #expect(reader.standardOutput == String(decoding: parts.joined(), as: UTF8.self))
    }

    private func member(_ segments: [GzipSegment]) -> [UInt8] {
        GzipSegment.head + segments.flatMap(\.bytes) + GzipSegment.end(of: segments)
    }
}
