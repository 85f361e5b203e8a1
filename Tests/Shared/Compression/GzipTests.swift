import Compression
import ServiceRuntime
import TestSupport
import Testing

@Suite struct GzipTests {
    @Test(arguments: [0, 1, 2, 1000, 32 << 10, 1 << 20])
    func whatIsCompressedComesBack(size: Int) throws {
        let bytes = Samples.text(size: size)
        for level in [Gzip.Level.fastest, .balanced, .smallest] {
            #expect(try Gzip.decompress(Gzip.compress(bytes, level: level), limit: size) == bytes)
        }
    }

    @Test func incompressibleDataComesBack() throws {
        var random = SeededGenerator(seed: 1)
        let bytes = random.bytes(300_000)
        let compressed = Gzip.compress(bytes)
        #expect(compressed.count < bytes.count + 1000)
        #expect(try Gzip.decompress(compressed, limit: bytes.count) == bytes)
    }

    @Test func theSameBytesGiveTheSameResult() {
        let bytes = Samples.text(size: 200_000)
        let compressed = Gzip.compress(bytes)
        #expect(compressed == Gzip.compress(bytes))
        #expect(compressed[4..<8] == [0, 0, 0, 0], "the time in the header")
        #expect(compressed[3] == 0, "no name, no comment")
    }

    @Test func higherLevelsAreSmaller() {
        let bytes = Samples.text(size: 200_000)
        let sizes = [Gzip.Level.fastest, .balanced, .smallest].map { Gzip.compress(bytes, level: $0).count }
        #expect(sizes[0] > sizes[1] && sizes[1] >= sizes[2])
    }

    @Test(arguments: [(0, false), (1, true), (9, true), (10, false), (-1, false)])
    func levelsAreBounded(level: Int, isValid: Bool) {
        #expect((Gzip.Level(level) != nil) == isValid)
    }

    @Test func theLimitIsExact() throws {
        let bytes = Samples.text(size: 100_000)
        let compressed = Gzip.compress(bytes)
        #expect(try Gzip.decompress(compressed, limit: 100_000) == bytes)
        #expect(throws: GzipError.tooLarge(limit: 99_999)) { try Gzip.decompress(compressed, limit: 99_999) }
        #expect(throws: GzipError.tooLarge(limit: 0)) { try Gzip.decompress(compressed, limit: 0) }
        #expect(try Gzip.decompress(Gzip.compress([]), limit: 0) == [])
        #expect(try Gzip.decompress(compressed, limit: .max) == bytes)
    }

    @Test func aBombStopsAtTheLimit() {
        let bomb = Gzip.compress([UInt8](repeating: 0, count: 50_000_000), level: .smallest)
        #expect(bomb.count < 100_000)
        var output: [UInt8] = []
        #expect(throws: GzipError.tooLarge(limit: 1 << 20)) {
            var decompressor = GzipDecompressor(limit: 1 << 20)
            try decompressor.write(bomb.span.bytes, into: &output)
        }
        #expect(output.count == 1 << 20)
        #expect(output.capacity <= 4 << 20)
    }

    @Test func membersTogetherStayUnderOneLimit() {
        let members = Array(repeating: Gzip.compress(Samples.text(size: 1000)), count: 20).flatMap(\.self)
        #expect(throws: GzipError.tooLarge(limit: 19_999)) { try Gzip.decompress(members, limit: 19_999) }
        #expect(throws: Never.self) { try Gzip.decompress(members, limit: 20_000) }
    }

    @Test func everyTruncationIsNoticed() {
        let compressed = Gzip.compress(Samples.text(size: 5000))
        for end in 0..<compressed.count {
            #expect(throws: GzipError.truncated, "cut at \(end)") {
                try Gzip.decompress(Array(compressed[..<end]), limit: 10_000)
            }
        }
    }

    @Test func everyDamageInTheDataOrTheChecksumIsNoticed() {
        let bytes = Samples.text(size: 5000)
        let compressed = Gzip.compress(bytes)
        // The header's flags, time and system can change without harm to the data.
        for position in 10..<compressed.count {
            var damaged = compressed
            damaged[position] ^= 0x10
            #expect(throws: GzipError.self, "bit at \(position)") { try Gzip.decompress(damaged, limit: 10_000) }
        }
    }

    @Test(arguments: ["garbage", "\0", "\u{1F}", "<html>502 Bad Gateway</html>"])
    func whatFollowsTheDataMustBeGzipToo(tail: String) {
        let compressed = Gzip.compress([1, 2, 3]) + Array(tail.utf8)
        #expect(throws: GzipError.self) { try Gzip.decompress(compressed, limit: 100) }
    }

    @Test func plainTextIsCorrupt() {
        #expect(throws: GzipError.corrupt("incorrect header check")) {
            try Gzip.decompress(Array("# HELP slurm_up".utf8), limit: 100)
        }
    }

    @Test func randomBytesNeverCrash() {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<5000 {
            let bytes = [0x1F, 0x8B, 8, 0] + random.bytes(Int.random(in: 0...200, using: &random))
            let output = try? Gzip.decompress(bytes, limit: 1000)
            #expect(output?.count ?? 0 <= 1000)
        }
    }

    @Test(arguments: [
        (GzipError.corrupt("bad"), "corrupt"), (.truncated, "truncated"), (.tooLarge(limit: 1), "too_large"),
    ])
    func labelsAreBounded(error: GzipError, label: String) {
        #expect(error.label == label)
    }
}
