import Slurm
import Testing

/// What stands around the records.
struct AnswerRuleTests {
    private func read(_ text: String) throws -> Answer {
        try Decoded(JobsReader.self, Array(text.utf8), chunk: 5).answer
    }

    @Test func theServerSaysWhoItIs() throws {
        let old = try read(
            #"{"meta":{"plugin":{"type":"openapi\/v0.0.38"},"Slurm":{"version":{"major":22},"release":"22.05.8"}}}"#)
        #expect(old.server.release == "22.05.8")
        #expect(old.server.dataParser == "v0.0.38")
        let new = try read(
            #"{"jobs":[],"meta":{"plugin":{"data_parser":"data_parser\/v0.0.44"},"slurm":{"release":"25.11.0","cluster":"c"}}}"#
        )
        #expect(new.server.cluster == "c")
        #expect(new.server.dataParser == "v0.0.44")
    }

    @Test func errorsComeInTwoShapes() throws {
        let answer = try read(
            #"{"errors":[{"error":"bad","errno":7},{"description":"worse","error_number":2017,"error":"x","source":"s"},"text"],"#
                + #""warnings":[{"description":"hm","source":"w"}]}"#)
        #expect(answer.errors.map(\.text) == ["bad", "worse: x", "text"])
        #expect(answer.errors.map(\.number) == [7, 2017, nil])
        #expect(answer.errors[1].source == "s")
        #expect(answer.warnings.map(\.text) == ["hm"])
    }

    @Test(
        arguments: [
            ("{}", nil), (#"{"jobs":[]}"#, 0), (#"{"jobs":null}"#, nil), (#"{"jobs":[{},{}]}"#, 2),
            (#"{"nodes":[{}]}"#, nil),
        ] as [(String, Int?)])
    func noListIsNotAnEmptyOne(_ text: String, _ expected: Int?) throws {
        #expect(try read(text).recordCount == expected)
    }

    @Test(
        arguments: [
            ("0", 0), ("1700000000", 1_700_000_000),
            (#"{"set":true,"infinite":false,"number":1700000000}"#, 1_700_000_000),
            (#"{"set":false,"infinite":false,"number":0}"#, nil), ("null", nil), (#""soon""#, nil),
        ] as [(String, Int64?)])
    func timesOfTheAnswer(_ text: String, _ expected: Int64?) throws {
        #expect(try read("{\"last_update\":\(text)}").lastUpdate == expected.map { Timestamp($0) })
    }

    @Test func strangersAmongRecordsAreCounted() throws {
        let jobs = try Decoded(JobsReader.self, Array(#"{"jobs":[null,{"job_id":1},7,[],"x"]}"#.utf8))
        #expect(jobs.records.map(\.id) == [1])
        #expect(jobs.answer.oddities.wrongTypes == ["record": 4])
        #expect(try read(#"{"jobs":{"a":1}}"#).oddities.wrongTypes == ["record": 1])
    }

    @Test func theLastOfTwoMembersCounts() throws {
        let text =
            #"{"jobs":[{"job_id":1,"job_id":2,"name":"a"},{"job_id":1,"job_id":2,"name":"b"},{"job_id":9,"job_id":2}]}"#
        #expect(try Decoded(JobsReader.self, Array(text.utf8)).records.map(\.id) == [2, 2, 2])
    }

    @Test func problemsAreBounded() throws {
        let problems = Array(repeating: "{\"description\":\"\(String(repeating: "x", count: 5000))\"}", count: 100)
        let answer = try read("{\"warnings\":[\(problems.joined(separator: ","))]}")
        #expect(answer.warnings.count == 32)
        #expect(answer.warnings.allSatisfy { $0.text.count == 1024 })
    }

    @Test(arguments: [1, 700, 64 << 10, 1 << 20])
    func whatNobodyWantsIsOfAnyLength(chunk: Int) throws {
        let long = "{\"nodes\":[\(String(repeating: "{\"a\":[1,\"]\"]},", count: chunk == 1 ? 20_000 : 500_000))7]}"
        let text =
            "{\"x\":\(long),\"jobs\":[{\"job_id\":1,\"resources\":\(long),\"name\":\"a\"},"
            + "{\"job_id\":2,\"resources\":\(long),\"name\":\"b\"}],\"y\":\(long)}"
        let jobs = try Decoded(JobsReader.self, Array(text.utf8), chunk: chunk)
        #expect(jobs.records.map(\.id) == [1, 2])
        #expect(jobs.records.map(\.name) == ["a", "b"])
    }

    @Test func anErrorBehindWhatWasLeftOutHasItsOffset() {
        let long = "[\(String(repeating: "1,", count: 500_000))1]"
        let text = "{\"jobs\":[{\"a\":\(long),\"b\":\(long),\"c\":!"
        #expect(throws: AnswerError(fault: .unexpectedByte, offset: text.utf8.count - 1)) {
            try Decoded(JobsReader.self, Array(text.utf8), chunk: 100_000)
        }
    }

    @Test func aRecordThatGoesOnAndOnIsTooLarge() {
        let text = "{\"jobs\":[{\"name\":\"\(String(repeating: "x", count: 5 << 20))"
        #expect(throws: AnswerError(fault: .tooLarge, offset: 9)) {
            try Decoded(JobsReader.self, Array(text.utf8))
        }
    }
}
