import ServiceRuntime
import Testing

@testable import Slurm

/// Records of the simulator's, changed at random: however an answer is cut and whatever stands before a record, the same
/// is read of it.
struct MutatedRecordTests {
    static let versions = ["v0.0.38", "v0.0.39", "v0.0.44"]

    @Test(arguments: versions)
    func jobsReadTheSameAlone(_ version: String) async throws {
        try await check(JobsReader.self, "jobs", try await Simulator().get("/slurm/\(version)/jobs?flags=ALL"))
    }

    @Test(arguments: versions)
    func nodesReadTheSameAlone(_ version: String) async throws {
        try await check(NodesReader.self, "nodes", try await Simulator().get("/slurm/\(version)/nodes"))
    }

    @Test(arguments: versions)
    func partitionsReadTheSameAlone(_ version: String) async throws {
        let text = try await Simulator().get("/slurm/\(version)/partitions?flags=ALL")
        try await check(PartitionsReader.self, "partitions", text)
    }

    private func check<Reader: RecordReader>(_ type: Reader.Type, _ key: String, _ answer: [UInt8]) async throws {
        var generator = Mutator(records: try Self.records(of: answer, key), seed: 1)
        for _ in 0..<25 {
            let records = (0..<20).map { _ in generator.record() }
            let together = try Decoded(type, Self.answer(key, records), chunk: generator.chunk())
            #expect(together.answer.recordCount == together.records.count)
            var oddities: [String] = []
            var alone: [String] = []
            for record in records {
                let decoded = try Decoded(type, Self.answer(key, [record]))
                alone += decoded.records.map { shown($0, decoded.symbols) }
                oddities += Self.listed(decoded.answer.oddities)
            }
            #expect(together.records.map { shown($0, together.symbols) } == alone)
            #expect(Self.listed(together.answer.oddities).sorted() == oddities.sorted())
        }
    }

    private static func listed(_ oddities: Oddities) -> [String] {
        oddities.wrongTypes.flatMap { Array(repeating: $0.key, count: $0.value) }
            + oddities.unknownWords.flatMap { Array(repeating: "\($0.key)", count: $0.value) }
            + Array(repeating: "repaired", count: oddities.repairedTexts)
    }

    private static func answer(_ key: String, _ records: [[UInt8]]) -> [UInt8] {
        Array("{\"\(key)\":[".utf8) + records.joined(separator: [.comma]) + Array("]}".utf8)
    }

    private static func records(of answer: [UInt8], _ key: String) throws -> [Mutator.Record] {
        let text = answer.span.bytes
        var records: [Mutator.Record] = []
        try members(of: text, 0) { name, value in
            guard name == Array("\"\(key)\"".utf8) else { return }
            var at = try text.skipSpace(value + 1)
            while text[at] != .closeBracket {
                var record: Mutator.Record = []
                let end = try members(of: text, at) { name, value in
                    record.append((name, Array(answer[value..<(try text.skipValue(value))])))
                }
                records.append(record)
                at = try text.skipSpace(end)
                if text[at] == .comma { at = try text.skipSpace(at + 1) }
            }
        }
        return records
    }

    @discardableResult
    private static func members(
        of text: RawSpan, _ start: Int, _ body: (_ key: [UInt8], _ value: Int) throws -> Void
    ) throws -> Int {
        var at = try text.skipSpace(start + 1)
        while text[at] != .closeBrace {
            let value = try text.skipKey(at)
            let keyEnd = try text.skipString(at)
            try body((at..<keyEnd).map { text[$0] }, value)
            at = try text.skipSpace(text.skipValue(value))
            if text[at] == .comma { at = try text.skipSpace(at + 1) }
        }
        return at + 1
    }
}

/// Makes records out of others: some as they were, some with other values, in another order, with members twice or none.
struct Mutator {
    typealias Record = [(key: [UInt8], value: [UInt8])]

    private let records: [Record]
    private var random: SeededGenerator

    init(records: [Record], seed: UInt64) {
        self.records = records
        random = SeededGenerator(seed: seed)
    }

    mutating func chunk() -> Int { Int.random(in: 1...5_000, using: &random) }

    mutating func record() -> [UInt8] {
        if chance(40) { return Array(["null", "{}", "[]", "7", "\"job\""].randomElement(using: &random)!.utf8) }
        var record = records.randomElement(using: &random)!
        if chance(4) { for _ in 0..<Int.random(in: 1...8, using: &random) { change(&record) } }
        if chance(12) { record.shuffle(using: &random) }
        return written(record)
    }

    private mutating func chance(_ share: Int) -> Bool { Int.random(in: 0..<share, using: &random) == 0 }

    private mutating func change(_ record: inout Record) {
        guard let place = record.indices.randomElement(using: &random) else { return }
        switch Int.random(in: 0..<8, using: &random) {
        case 0: record.remove(at: place)
        case 1: record.append(record[place])
        case 2: record.append((record[place].key, Array(Self.values.randomElement(using: &random)!.utf8)))
        case 3: record[place].value = records.randomElement(using: &random)!.randomElement(using: &random)!.value
        default: record[place].value = Array(Self.values.randomElement(using: &random)!.utf8)
        }
    }

    private static let values = [
        "null", "0", "-1", "-2", "4294967294", "4294967295", "18446744073709551615", "1.5", "1e400", "-0", "true", "{}",
        "[]", "\"\"", "\"5\"", "\"Infinity\"", "\"NaN\"", "Infinity", "NaN", "-Infinity",
        "{\"set\":true,\"infinite\":false,\"number\":77}", "{\"set\":false,\"infinite\":true,\"number\":0}",
        "{ \"number\" : 7 , \"infinite\":false, \"set\":true }", "{\"set\":true}", "{\"number\":{}}",
        "[\"RUNNING\",\"COMPLETING\"]", "[\"NEW_STATE\"]", "\"DOWN\"", "[null,1,\"IDLE\"]", "\"a,b,,c\"",
        "\"cpu=4,mem=1.5G,gres\\/gpu=2,gres/gpu:a100=1\"", "\"cpu=x,=,mem=\"", "\"gpu:h100:2(IDX:0,1),gpu:3\"",
        "\"gres:gpu:(null):2\"", "\"0-9%2\"", "\"1,2,3...\"", "\"\\ud83d\\u00e9\"", "\"\u{1}\"",
        "{\"return_code\":{\"set\":true,\"infinite\":false,\"number\":3},\"signal\":{\"id\":9}}", "{\"total\":[]}",
        "[[[[]]]]", "{\"time\":{\"set\":true,\"number\":5}}", "9223372036854775807", "-9223372036854775808",
    ]

    private mutating func written(_ record: Record) -> [UInt8] {
        let space = Array(["", "", "", " ", "\n\t"].randomElement(using: &random)!.utf8)
        let members = record.map { $0.key + space + [.colon] + space + $0.value }
        return [.openBrace] + space + members.joined(separator: space + [.comma] + space) + space + [.closeBrace]
    }
}
