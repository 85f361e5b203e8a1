import Testing

@testable import Slurm

struct TextRuleTests {
    @Test func escapesAreUndone() throws {
        let job = try job(#""name":"a\/b\u00e9\n","account":"x\/y""#)
        #expect(job.record.name == "a/bé\n")
        #expect(job[job.record.account] == "x/y")
    }

    @Test func textThatIsNotUTF8IsRepairedAndCounted() throws {
        let text =
            Array("{\"jobs\":[{\"name\":\"a".utf8) + [0xFF] + Array("b\",\"account\":\"".utf8) + [0xC3]
            + Array("\"}]}".utf8)
        let jobs = try Decoded(JobsReader.self, text)
        #expect(jobs.records[0].name == "a\u{FFFD}b")
        #expect(jobs.symbols[jobs.records[0].account] == "\u{FFFD}")
        #expect(jobs.answer.oddities.repairedTexts == 2)
    }

    @Test func namesThatAreRepairedToTheSameAreTheSame() {
        var symbols = Symbols()
        let repaired = [[0x61, 0xFF], [0x61, 0xFE]].map { (bytes: [UInt8]) in symbols.intern(bytes.span.bytes).symbol }
        #expect(repaired[0] == repaired[1])
        #expect(repaired[0] == symbols.intern("a\u{FFFD}"))
    }

    @Test(arguments: ["7", "{}", "[]", "true"])
    func whatIsNoTextIsEmptyAndCounted(_ text: String) throws {
        let job = try job("\"name\":\(text),\"account\":\(text)")
        #expect(job.record.name.isEmpty)
        #expect(job.record.account.isEmpty)
        #expect(job.oddities.wrongTypes == ["name": 1, "account": 1])
    }

    @Test func nullIsNoTextAndNotOdd() throws {
        #expect(try job(#""name":null,"account":null,"tres_req_str":null,"array_task_string":null"#).oddities.isEmpty)
    }

    @Test(arguments: [
        (#"["a","b"]"#, ["a", "b"]), (#""a,b""#, ["a", "b"]), (#""""#, []), ("null", []), ("[]", []),
        (#"["a,b"]"#, ["a,b"]), (#""a,,b,""#, ["a", "b"]), (#"["",null,"a"]"#, ["a"]), (#""a, b,c""#, ["a, b", "c"]),
    ])
    func namesAreAListOrHaveCommas(_ text: String, _ expected: [String]) throws {
        let node = try node("\"features\":\(text),\"partitions\":\(text)")
        #expect(node.record.features.map { node[$0] } == expected)
        #expect(node.record.partitions.map { node[$0] } == expected)
        #expect(node.oddities.isEmpty)
    }

    @Test(arguments: [
        (#""user_name":"ann","user_id":5"#, "ann"), (#""user_id":5,"user_name":null"#, "5"),
        (#""user_name":"","user_id":5"#, "5"), (#""user_id":{"set":true,"infinite":false,"number":5}"#, "5"),
        (#""user_name":"ann""#, "ann"), (#""user_id":null"#, ""),
    ])
    func aUserWithoutANameIsANumber(_ members: String, _ expected: String) throws {
        let job = try job(members)
        #expect(job[job.record.user] == expected)
    }

    @Test func noNameIsCutShort() throws {
        let long = String(repeating: "x", count: 5000)
        let job = try job(#""name":"\#(long)","user_name":"u\#(long)","partition":"p\#(long)","account":"a\#(long)""#)
        #expect(job.record.name == long)
        #expect(job[job.record.user] == "u" + long)
        #expect(job[job.record.home] == "p" + long)
        #expect(job[job.record.account] == "a" + long)
        #expect(try node(#""name":"\#(long)","reason":"\#(long)""#).record.reason == long)
    }

    @Test(arguments: [("None", ""), ("Priority", "Priority"), ("", "")])
    func noReasonIsEmpty(_ reason: String, _ expected: String) throws {
        let job = try job("\"state_reason\":\"\(reason)\"")
        #expect(job[job.record.reason] == expected)
    }

    @Test(arguments: [#""name":"n1","hostname":"h1""#, #""hostname":"n1""#, #""hostname":"n1","name":"""#])
    func aNodeWithoutANameHasThatOfItsHost(_ members: String) throws {
        #expect(try node(members).record.name == "n1")
    }
}
