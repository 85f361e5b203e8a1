import CZlib
import Testing

@testable import HTTPClient

struct InflaterTests {
    private let text = Array(String(repeating: "{\"job_id\": 1234, \"state\": \"RUNNING\"},", count: 5000).utf8)

    private func inflate(_ bytes: [UInt8], by step: Int, room: Int = 1000) throws -> (output: [UInt8], isComplete: Bool)
    {
        let inflater = Inflater()
        var output: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: step) {
            inflater.feed(Array(bytes[start..<min(start + step, bytes.count)]))
            while case let piece = try inflater.inflate(upTo: room), !piece.isEmpty {
                #expect(piece.count <= room)
                output += piece
            }
        }
        return (output, inflater.isComplete)
    }

    @Test(arguments: [1, 7, 100, 1_000_000]) func chunkBoundariesDoNotMatter(step: Int) throws {
        let result = try inflate(gzip(text), by: step)
        #expect(result.output.elementsEqual(text))
        #expect(result.isComplete)
    }

    @Test(arguments: [1, 64, 65536]) func membersFollowOneAnother(step: Int) throws {
        let result = try inflate(gzip(text) + gzip([]) + gzip(text), by: step)
        #expect(result.output.elementsEqual(text + text))
        #expect(result.isComplete)
    }

    @Test(arguments: [1, 10, 18, 200]) func cutStreamIsNotComplete(missing: Int) throws {
        #expect(try !inflate(gzip(text).dropLast(missing), by: 50).isComplete)
    }

    @Test func nothingIsComplete() throws {
        #expect(Inflater().isComplete)
    }

    @Test(arguments: [0, 2, 30, 200, 400]) func corruptStreamIsNeverTakenForAWholeOne(position: Int) {
        var bytes = gzip(text)
        bytes[position] ^= 0xff
        #expect((try? inflate(bytes, by: 64).isComplete) != true)
    }

    @Test func wrongChecksumIsMalformed() {
        var bytes = gzip(text)
        bytes[bytes.count - 8] ^= 1
        #expect(throws: Inflater.Malformed.self) { _ = try inflate(bytes, by: 64) }
    }

    @Test func garbageAfterTheStreamIsMalformed() {
        #expect(throws: Inflater.Malformed.self) {
            _ = try inflate(gzip(text) + Array("and more".utf8), by: 1_000_000)
        }
    }
}

func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    zlib_deflate_init(&stream, 6, 15 + 16, 8)
    defer { deflateEnd(&stream) }
    var input = bytes
    return [UInt8](unsafeUninitializedCapacity: Int(deflateBound(&stream, UInt(bytes.count))) + 32) { room, count in
        input.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            stream.next_out = room.baseAddress
            stream.avail_out = UInt32(room.count)
            deflate(&stream, Z_FINISH)
            count = room.count - Int(stream.avail_out)
        }
    }
}
