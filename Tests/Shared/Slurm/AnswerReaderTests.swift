import ServiceRuntime
import Testing

@testable import Slurm

/// Three members of a made-up record, each kept as a tree.
private struct SampleFields: RecordFields {
    static let place = RecordPlace(path: ["outer", "items"])
    static let keys: [(key: StaticString, field: Field)] = [("id", .id), ("name", .name), ("size", .size)]

    enum Field: UInt8 { case id, name, size }

    private(set) var record: [String: JSONValue] = [:]

    mutating func read(
        _ field: Field, from text: JSONText, at start: Int, _ reading: inout Reading
    ) throws(JSONStop) -> Int {
        try text.readTree(start, into: &record["\(field)", default: .null])
    }

    mutating func complete(_ reading: inout Reading) {}
}

private func records(of text: [UInt8], chunk: Int) throws(AnswerError) -> [[String: JSONValue]] {
    var reader = AnswerReader<SampleFields>()
    var records: [[String: JSONValue]] = []
    for start in stride(from: 0, to: text.count, by: chunk) {
        let piece = text[start..<min(start + chunk, text.count)]
        while try reader.next(in: Array(piece).span.bytes) { records.append(reader.parser.decoder.fields.record) }
    }
    _ = try reader.finish()
    return records
}

private func expected(of text: [UInt8]) throws -> [[String: JSONValue]] {
    var tree = JSONValue.null
    _ = try text.span.bytes.readTree(0, into: &tree)
    return tree["outer"]?["items"]?.elements.map { element in
        guard case .object(let members) = element else { return [:] }
        return members.filter { ["id", "name", "size"].contains($0.key) }
    } ?? []
}

struct AnswerReaderTests {
    private static let answer = #"""
        {"meta": {"a": [1, {"items": 2}]}, "outer" : {"x":1,"items":[
          {"id":1,"name":"a","skip":{"k":[1,2]},"size":{"set":true,"infinite":false,"number":5}},
          {"id":2,"name":"a","skip":{"k":[1,2]},"size":{"set":true,"infinite":false,"number":55}},
          {"id":21,"name":"ab\"","skip":{"k":[]},"size":{"set":true,"infinite":false,"number":55}},
          {"id":21,"name":"ab\"","skip":{"k":[]}},
          {"name":"x","id":21,"skip":{"k":[]},"extra":null,"size":null},
          {},
          {"id":3}
        ], "y": 2}, "errors":[]}
        """#

    @Test func readsTheSameForEveryChunkSize() throws {
        let text = Array(Self.answer.utf8)
        let wanted = try expected(of: text)
        #expect(wanted.count == 7)
        for chunk in 1...text.count {
            #expect(try records(of: text, chunk: chunk) == wanted)
        }
    }

    @Test(arguments: 0..<400)
    func readsWhatATreeWouldHold(seed: Int) throws {
        var generator = SampleGenerator(seed: UInt64(seed))
        let text = generator.answer()
        let wanted = try expected(of: text)
        #expect(try records(of: text, chunk: Int.random(in: 1...80, using: &generator.random)) == wanted)
    }

    @Test(arguments: 0..<40)
    func longRecordsAreReadTheSameHoweverTheyAreCut(seed: Int) throws {
        var generator = SampleGenerator(seed: UInt64(seed), longestText: 20_000)
        var text = generator.answer()
        let chunk = Int.random(in: 1_000...100_000, using: &generator.random)
        #expect(try records(of: text, chunk: chunk) == expected(of: text))
        // The error is the same one, too, wherever in the answer it is.
        text[Int.random(in: text.indices, using: &generator.random)] = 0x01
        let whole = Result { () throws(AnswerError) in try records(of: text, chunk: text.count) }
        let cut = Result { () throws(AnswerError) in try records(of: text, chunk: chunk) }
        #expect(cut == whole)
    }

    @Test func everyTruncationIsAnError() {
        let text = Array(Self.answer.utf8)
        for length in 0..<text.count {
            #expect(throws: AnswerError.self) { try records(of: Array(text[..<length]), chunk: 16) }
        }
    }

    @Test func refusesTextBehindTheAnswer() {
        #expect(throws: AnswerError(fault: .trailingText, offset: 2)) { try records(of: Array("{}x".utf8), chunk: 3) }
    }

    @Test(arguments: ["<html>", "[]", "\"\"", "Authentication failure"])
    func refusesWhatIsNoObject(_ text: String) {
        #expect(throws: AnswerError(fault: .wrongType, offset: 0)) { try records(of: Array(text.utf8), chunk: 3) }
    }

    /// A record may be laid out in another way than the one before it.
    @Test(arguments: [
        #"{"jobs":[{"job_id":1,"cpus":5},{"job_id":1,"cpus": 5}]}"#,
        #"{"jobs":[{"job_id":1,"cpus":5},{"job_id" :1,"cpus":5}]}"#,
        #"{"jobs":[{"job_id":1,"cpus": 5},{"job_id":1,"cpus":5}]}"#,
        #"{"jobs":[{"job_id":1,"cpus":5},{ "job_id":1, "cpus":5 }]}"#,
    ])
    func whiteSpaceMayComeAndGo(text: String) throws {
        for chunk in [1, 7, 4096] {
            let decoded = try Decoded(JobsReader.self, Array(text.utf8), chunk: chunk)
            #expect(decoded.records.map(\.id) == [1, 1] && decoded.records.map(\.requested.cpus) == [5, 5])
        }
    }

    @Test func aJobOrNodeWithoutAStateIsNoticed() throws {
        let jobs = #"{"jobs":[{"job_id":1,"job_state":["RUNNING"]},{"job_id":2},{"job_id":3,"job_state":null}]}"#
        let decoded = try Decoded(JobsReader.self, Array(jobs.utf8))
        #expect(decoded.answer.oddities.unknownWords == [Oddities.UnknownWord(.jobState, "none"): 2])
        let nodes = #"{"nodes":[{"name":"a","state":["IDLE"]},{"name":"b"},{"name":"c","state":["IDLE"]}]}"#
        #expect(
            try Decoded(NodesReader.self, Array(nodes.utf8)).answer.oddities.unknownWords
                == [Oddities.UnknownWord(.nodeState, "none"): 1])
    }

    @Test func aControllerOfWhichNothingIsSaidIsNotDown() throws {
        let text = #"{"pings":[{"hostname":"a"},{"hostname":"b","pinged":"DOWN"},{"hostname":"c","responding":true}]}"#
        #expect(try Decoded(ControllersReader.self, Array(text.utf8)).records.map(\.isUp) == [nil, false, true])
    }
}

/// Answers whose neighbouring records differ in the ways that records of Slurm's do, and in some more.
private struct SampleGenerator {
    var random: SeededGenerator
    private let longestText: Int

    init(seed: UInt64, longestText: Int = 0) {
        random = SeededGenerator(seed: seed)
        self.longestText = longestText
    }

    mutating func answer() -> [UInt8] {
        let separator = ["", " ", "\n  "].randomElement(using: &random)!
        let records = (0..<20).map { _ in record(separator: separator) }
        return Array("{\"outer\":{\"items\":[\(records.joined(separator: ","))]}}".utf8)
    }

    private mutating func record(separator: String) -> String {
        var keys = ["id", "a", "name", "b", "size", "c"]
        if Int.random(in: 0..<10, using: &random) == 0 { keys.shuffle(using: &random) }
        if Int.random(in: 0..<10, using: &random) == 0 { keys.removeLast(Int.random(in: 1...6, using: &random)) }
        let members = keys.map { "\"\($0)\":\(separator)\(value())" }
        return "{\(members.joined(separator: "," + separator))}"
    }

    private mutating func value() -> String {
        if longestText > 0, Int.random(in: 0..<4, using: &random) == 0 {
            return "\"\(String(repeating: "x", count: Int.random(in: 0...longestText, using: &random)))\""
        }
        return [
            "1", "12", "123", "-1", "1.5", "null", "true", "\"\"", "\"a\"", "\"ab\"", "\"a\\\"\"", "\"a\\\\\"", "[]",
            "[1]",
            "[1,2]", "{}", "{\"id\":1}", "{\"id\":12}", "\"},{\"",
        ].randomElement(using: &random)!
    }
}
