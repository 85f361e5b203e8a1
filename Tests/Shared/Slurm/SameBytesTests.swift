import ServiceRuntime
import Testing

@testable import Slurm

struct SameBytesTests {
    @Test(arguments: 0..<300)
    func textsPartWhereTheirBytesDo(length: Int) {
        var generator = SeededGenerator(seed: UInt64(length))
        for _ in 0..<20 {
            let text = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            var other = text
            for _ in 0..<Int.random(in: 0...2, using: &generator) {
                guard let at = other.indices.randomElement(using: &generator) else { break }
                other[at] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            }
            let start = Int.random(in: 0...length, using: &generator)
            let same = zip(text[start...], other[start...]).prefix { $0 == $1 }.count
            let found = text.span.bytes.commonPrefix(from: start, with: other.span.bytes, from: start)
            #expect(found == same)
            #expect(hasSameBytes(text[...], other) == (text == other))
        }
    }

    @Test(arguments: ["", "a", "1234567", "12345678", "123456789", "1234567812345678", "12345678123456789"])
    func everyByteCounts(_ text: String) {
        let bytes = Array("..\(text)".utf8)
        let wanted = Array(text.utf8)
        #expect(hasSameBytes(bytes[2...], wanted))
        for at in wanted.indices {
            var other = wanted
            other[at] ^= 1
            #expect(!hasSameBytes(bytes[2...], other))
        }
    }

    private func hasSameBytes(_ text: ArraySlice<UInt8>, _ other: [UInt8]) -> Bool {
        text.span.bytes.hasSameBytes(as: other.span.bytes)
    }
}
