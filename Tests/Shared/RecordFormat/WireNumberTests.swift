import Slurm
import TestSupport
import Testing

@testable import RecordFormat

/// A number arrives as it was, in as few bytes as it needs, wherever it stands.
struct WireNumberTests {
    private static let powers: [UInt64] = (0..<64).map { 1 << UInt64($0) }
    private static let numbers: [UInt64] = powers + powers.map { $0 - 1 } + [247, 248, .max]

    @Test(arguments: [0, 1, 7, 8, 20])
    func whatWasWrittenIsRead(_ followers: Int) throws {
        for number in Self.numbers {
            var growing = GrowingBytes()
            growing.append(number)
            var bytes: [UInt8] = []
            growing.append(to: &bytes)
            let length = bytes.count
            #expect(length == (number < 248 ? 1 : 1 + (64 - number.leadingZeroBitCount + 7) / 8))
            bytes += Array(repeating: 0xFF, count: followers)
            let read = try #require(bytes.withUnsafeBytes { WireNumber.read($0) })
            #expect(read.number == number)
            #expect(read.count == length)
        }
    }

    @Test(arguments: [[], [0xF8], [0xFF, 1, 2, 3, 4, 5, 6, 7], [0xF9, 2]] as [[UInt8]])
    func aNumberThatIsCutIsNone(_ bytes: [UInt8]) {
        #expect(bytes.withUnsafeBytes { WireNumber.read($0)?.number } == nil)
    }

    @Test func bytesGrowAsFarAsTheyMust() {
        var growing = GrowingBytes()
        var text = String(repeating: "a long node list, ", count: 20_000)
        growing.append(7)
        growing.append(&text)
        var bytes: [UInt8] = []
        growing.append(to: &bytes)
        #expect(bytes.count == 1 + 4 + text.utf8.count)
        #expect(bytes.suffix(text.utf8.count).elementsEqual(text.utf8))
        growing.clear()
        #expect(growing.count == 0)
    }

    @Test func everyStateHasANumberOfItsOwn() {
        #expect(Set(JobState.Base.numbered) == Set(JobState.Base.allCases))
        #expect(JobState.Base.numbered.count == JobState.Base.allCases.count)
        #expect(Set(NodeState.Base.numbered) == Set(NodeState.Base.allCases))
        #expect(NodeState.Base.numbered.count == NodeState.Base.allCases.count)
    }
}
