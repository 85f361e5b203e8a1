import Compression
import Testing

@testable import HTTPClient

struct BodyDecoderTests {
    private let text = Array(String(repeating: "{\"job_id\": 1234, \"state\": \"RUNNING\"},", count: 9000).utf8)

    private func decode(_ bytes: [UInt8], by step: Int, limit: Int = .max) throws -> [UInt8] {
        var decoder = BodyDecoder(limit: limit)
        var output: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: step) {
            decoder.feed(Array(bytes[start..<min(start + step, bytes.count)]))
            while case let chunk = try decoder.next(), !chunk.isEmpty {
                #expect(chunk.count <= 128 << 10)
                output += chunk
            }
        }
        try decoder.finish()
        return output
    }

    @Test(arguments: [1, 64, 1_000_000]) func membersFollowOneAnother(step: Int) throws {
        let bytes = Gzip.compress(text) + Gzip.compress([]) + Gzip.compress(text)
        #expect(try decode(bytes, by: step).elementsEqual(text + text))
    }

    @Test(arguments: [1, 10, 18, 200]) func cutStreamIsTruncated(missing: Int) {
        let cut = Array(Gzip.compress(text).dropLast(missing))
        #expect(throws: GzipError.truncated) { _ = try decode(cut, by: 50) }
    }

    @Test func nothingIsWhole() throws {
        #expect(try decode([], by: 1) == [])
    }

    @Test func limitHoldsOverChunks() throws {
        let bytes = Gzip.compress(text)
        #expect(try decode(bytes, by: 100, limit: text.count).count == text.count)
        #expect(throws: GzipError.tooLarge(limit: text.count - 1)) {
            _ = try decode(bytes, by: 100, limit: text.count - 1)
        }
    }
}
