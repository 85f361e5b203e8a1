import Compression
import ServiceRuntime
import TestSupport
import Testing

@Suite struct GzipStreamTests {
    @Test(arguments: 0..<20)
    func piecesOfAnySizeComeBack(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let bytes = Samples.mixed(size: Int.random(in: 0...200_000, using: &random), using: &random)
        let compressed = compress(random.pieces(of: bytes))
        #expect(try decompress(random.pieces(of: compressed), limit: bytes.count) == bytes)
    }

    @Test func oneByteAtATimeComesBack() throws {
        let bytes = Samples.text(size: 3000)
        let compressed = compress(bytes.map { [$0] })
        #expect(try decompress(compressed.map { [$0] }, limit: bytes.count) == bytes)
    }

    @Test(arguments: 0..<10)
    func membersInARowComeBackInAnyPieces(seed: UInt64) throws {
        var random = SeededGenerator(seed: 100 + seed)
        var whole: [UInt8] = []
        var compressed: [UInt8] = []
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            let member = Samples.mixed(size: Int.random(in: 0...5000, using: &random), using: &random)
            whole += member
            compressed += Gzip.compress(member)
        }
        #expect(try decompress(random.pieces(of: compressed), limit: whole.count) == whole)
    }

    @Test(arguments: [1, 7, 1000, 1 << 20], [1, 100, 1000, 40_000])
    func aBoundedStepIsContinued(pieceSize: Int, maximum: Int) throws {
        let text = Samples.text(size: 50_000)
        let compressed = Gzip.compress(text) + Gzip.compress([]) + Gzip.compress(text)
        var output: [UInt8] = []
        var decompressor = GzipDecompressor(limit: 2 * text.count)
        for start in stride(from: 0, to: compressed.count, by: pieceSize) {
            var rest = compressed[start..<min(start + pieceSize, compressed.count)]
            var appended = 0
            repeat {
                let before = output.count
                rest.removeFirst(try decompressor.write(rest.span.bytes, upTo: maximum, into: &output))
                appended = output.count - before
                #expect(appended <= maximum)
                #expect(appended == maximum || rest.isEmpty)
            } while appended == maximum
        }
        try decompressor.finish()
        #expect(output == text + text)
    }

    @Test func theLimitHoldsOverBoundedSteps() throws {
        let compressed = Gzip.compress([UInt8](repeating: 7, count: 100))
        var output: [UInt8] = []
        var decompressor = GzipDecompressor(limit: 99)
        let used = try decompressor.write(compressed.span.bytes, upTo: 99, into: &output)
        let rest = compressed[used...]
        #expect(output.count == 99)
        do throws(GzipError) {
            _ = try decompressor.write(rest.span.bytes, upTo: 99, into: &output)
            Issue.record("more than the limit allows")
        } catch {
            #expect(error == .tooLarge(limit: 99))
        }
        #expect(output.count == 99)
    }

    @Test func outputIsAppendedToWhatIsThere() throws {
        var output: [UInt8] = Array("kept:".utf8)
        var decompressor = GzipDecompressor(limit: 100)
        try decompressor.write(Gzip.compress(Array("text".utf8)).span.bytes, into: &output)
        try decompressor.finish()
        #expect(output == Array("kept:text".utf8))
    }

    @Test func theEndIsCheckedOnceTheDataIsThere() throws {
        let cut = Array(Gzip.compress(Samples.text(size: 1000)).dropLast())
        var output: [UInt8] = []
        #expect(throws: GzipError.truncated) {
            var decompressor = GzipDecompressor(limit: 1000)
            try decompressor.write(cut.span.bytes, into: &output)
            try decompressor.finish()
        }
        #expect(output.count == 1000)
    }

    @Test func aStreamThatFailedStaysFailed() {
        let tooLarge = Gzip.compress([1, 2, 3, 4])
        #expect(errors(of: [Array("nonsense".utf8), tooLarge]) == ["corrupt", "corrupt"])
        #expect(errors(of: [tooLarge, [1], tooLarge]) == ["too_large", "too_large", "too_large"])
    }

    private func errors(of pieces: [[UInt8]]) -> [String] {
        var output: [UInt8] = []
        var decompressor = GzipDecompressor(limit: 3)
        return pieces.map { piece in
            do throws(GzipError) {
                try decompressor.write(piece.span.bytes, into: &output)
                return "none"
            } catch {
                return error.label
            }
        }
    }

    @Test func unfinishedStreamsAreDropped() {
        for _ in 0..<2000 {
            var output: [UInt8] = []
            var compressor = GzipCompressor()
            compressor.write(Samples.text(size: 10).span.bytes, into: &output)
            _ = GzipDecompressor(limit: 1)
        }
    }

    private func compress(_ pieces: [[UInt8]]) -> [UInt8] {
        var output: [UInt8] = []
        var compressor = GzipCompressor()
        for piece in pieces { compressor.write(piece.span.bytes, into: &output) }
        compressor.finish(into: &output)
        return output
    }

    private func decompress(_ pieces: [[UInt8]], limit: Int) throws -> [UInt8] {
        var output: [UInt8] = []
        var decompressor = GzipDecompressor(limit: limit)
        for piece in pieces { try decompressor.write(piece.span.bytes, into: &output) }
        try decompressor.finish()
        return output
    }
}
