import Metrics
import ServiceRuntime
import Slurm
import TestSupport
import Testing

@testable import RecordFormat

/// What is sent arrives, whole or by partition, however it is cut; and what is no stream is refused.
struct RecordFormatTests {
    private static let header = FeedHeader(
        feed: .jobs, cluster: "alpha", release: "25.11.2", generation: 7 << 32, answered: Timestamp(1_700_000_000),
        expected: Timestamp(1_700_000_001), partitions: ["p0", "é"], durationMilliseconds: 1234,
        intervalMilliseconds: 60_000)

    private static func encoded(_ records: RandomRecords, of feed: Feed) -> EncodedGeneration {
        let encoder = GenerationEncoder()
        records.give(feed, to: encoder)
        var header = header
        header.feed = feed
        return encoder.finish(header)
    }

    private static func decode(_ pieces: [[UInt8]]) throws(RecordFormatError) -> (Collected, GenerationDecoder) {
        let collected = Collected()
        var decoder = GenerationDecoder()
        for piece in pieces { try decoder.take(piece) { _ in collected } }
        try decoder.finish()
        return (collected, decoder)
    }

    @Test(arguments: Feed.allCases)
    func recordsOfEveryKindArriveAsTheyWere(_ feed: Feed) throws {
        let records = RandomRecords(seed: 1, count: 50)
        let sent = Collected()
        records.give(feed, to: sent)
        let stream = Self.encoded(records, of: feed).stream(age: .seconds(3)) { _ in true }
        let (received, decoder) = try Self.decode(Array(stream))
        #expect(received.texts == sent.texts)
        #expect(decoder.records == sent.texts.count && !sent.texts.isEmpty)
        #expect(decoder.header?.feed == feed)
        #expect(decoder.header?.ageMilliseconds == 3000)
        #expect(decoder.header?.generation == 7 << 32)
    }

    @Test(arguments: 0..<20)
    func whereChunksEndDoesNotMatter(_ seed: UInt64) throws {
        let records = RandomRecords(seed: seed, count: 30)
        let sent = Collected()
        records.give(.jobs, to: sent)
        var random = SeededGenerator(seed: seed)
        let whole = Array(Self.encoded(records, of: .jobs).stream(age: .zero) { _ in true }.joined())
        #expect(try Self.decode(random.pieces(of: whole)).0.texts == sent.texts)
        #expect(try Self.decode(whole.map { [$0] }).0.texts == sent.texts)
    }

    @Test(arguments: [Feed.jobs, .nodes])
    func aSliceIsSentTheRecordsWithAnyOfItsPartitions(_ feed: Feed) throws {
        let records = RandomRecords(seed: 5, count: 400)
        let generation = Self.encoded(records, of: feed)
        for slice: Set<String> in [["p1"], ["p0", "p3"], [""], [], ["p0", "p1", "p2", "p3", ""]] {
            let sent = Collected(onlyIn: slice)
            records.give(feed, to: sent)
            let stream = generation.stream(age: .zero, size: 512, covers: slice.contains)
            #expect(try Self.decode(Array(stream)).0.texts == sent.texts)
        }
    }

    @Test func whatIsCutOffIsTruncated() throws {
        let whole = Array(
            Self.encoded(RandomRecords(seed: 2, count: 5), of: .jobs).stream(age: .zero) { _ in true }.joined())
        for end in 0..<whole.count {
            #expect(throws: RecordFormatError.truncated) { try Self.decode([Array(whole[..<end])]) }
        }
    }

    @Test(arguments: ["", "hello, world", "SLURMREC\u{2}", "SLURMREC\u{1}\u{9}", "SLURMREC\u{1}\u{3}\u{0}", "<html>"])
    func whatIsNoStreamIsRefused(_ text: String) {
        #expect(throws: RecordFormatError.self) { try Self.decode([Array(text.utf8)]) }
    }

    @Test func anythingEndsInRecordsOrAnError() {
        var random = SeededGenerator(seed: 3)
        for feed in Feed.allCases {
            let whole = Array(
                Self.encoded(RandomRecords(seed: 9, count: 8), of: feed).stream(age: .zero) { _ in true }.joined())
            for _ in 0..<300 {
                var bytes = whole
                for _ in 0...Int.random(in: 0...3, using: &random) {
                    bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
                        in: .min ... .max, using: &random)
                }
                _ = try? Self.decode([bytes])
            }
        }
    }

    /// One name a frame, as nobody here sends them.
    @Test func eightTimesAsManyNamesTakeEightTimesAsLong() throws {
        func time(_ count: Int) throws -> Double {
            var bytes = Array(
                Self.encoded(RandomRecords(seed: 1, count: 0), of: .jobs).stream(age: .zero) { _ in true })[0]
            for number in 0..<count {
                var name = GrowingBytes()
                var text = "name-\(number)"
                name.append(&text)
                bytes.append(.names, name)
            }
            var decoder = GenerationDecoder()
            return try ContinuousClock().measure { try decoder.take(bytes) { _ in Collected() } } / .milliseconds(1)
        }
        _ = try time(1000)
        let holds = try (1...5).contains { _ in try time(160_000) < 30 * time(20_000) }
        #expect(holds)
    }

    @Test func aJobTakesFewBytes() {
        let records = RandomRecords(seed: 4, count: 1000)
        let generation = Self.encoded(records, of: .jobs)
        #expect(generation.byteCount / 1000 < 200)
    }
}
