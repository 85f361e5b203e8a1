import Slurm
import Testing

/// Numbers in every form that any version has for one.
struct NumberRuleTests {
    @Test(
        arguments: [
            ("5", 5), ("5.0", 5), ("5e0", 5), ("\"5\"", 5), ("null", nil), ("{}", nil), ("0", 0),
            (#"{"set":true,"infinite":false,"number":5}"#, 5),
            (#"{ "number" : 5, "infinite" : false , "set" : true }"#, 5),
            ("{\n  \"set\": true,\n  \"infinite\": false,\n  \"number\": 5\n}", 5),
            (#"{"set":false,"infinite":false,"number":0}"#, nil), (#"{"set":false,"infinite":false,"number":9}"#, nil),
            (#"{"set":false,"infinite":true,"number":0}"#, nil), (#"{"set":true,"infinite":false,"number":"5"}"#, 5),
            (#"{"set":true,"infinite":false,"number":null}"#, nil), (#"{"set":true}"#, nil), (#"{"number":5}"#, 5),
            ("4294967294", nil), ("4294967295", nil), ("18446744073709551614", nil), ("18446744073709551615", nil),
            ("-1", nil), ("-2", nil), ("-9223372036854775808", nil), ("1.8446744073709552e19", nil), ("\"NaN\"", nil),
            ("\"Infinity\"", nil), ("Infinity", nil), ("-Infinity", nil), ("NaN", nil),
            (#"{"set":true,"infinite":false,"number":4294967294}"#, nil), ("65534", 65_534), ("65535", 65_535),
        ] as [(String, Int?)])
    func aCountIsReadInEveryForm(_ text: String, _ expected: Int?) throws {
        let job = try job("\"node_count\":\(text)")
        #expect(job.record.requested.nodes == expected)
        #expect(job.oddities.isEmpty)
    }

    @Test(arguments: ["true", "[]", "[1]", "\"many\"", "\"\"", "-7", #"{"set":true,"infinite":false,"number":{}}"#])
    func whatIsNoCountIsNotSetAndCounted(_ text: String) throws {
        let job = try job("\"job_id\":1,\"node_count\":\(text)")
        #expect(job.record.id == 1)
        #expect(job.record.requested.nodes == nil)
        #expect(job.oddities.wrongTypes == ["node_count": 1])
    }

    @Test(arguments: ["65534", "65535"])
    func aNumberOf16BitsHasItsOwnUnset(_ text: String) throws {
        #expect(try node("\"alloc_cpus\":\(text)").record.allocatedCPUs == nil)
    }

    @Test(
        arguments: [
            ("60", .value(3600)), ("null", nil), ("4294967294", nil), ("4294967295", .unlimited), ("-1", .unlimited),
            (#"{"set":false,"infinite":true,"number":0}"#, .unlimited), ("Infinity", .unlimited),
            (#"{"set":true,"infinite":false,"number":60}"#, .value(3600)), ("0", .value(0)),
            (#"{"set":false,"infinite":false,"number":0}"#, nil), ("\"Infinity\"", .unlimited),
        ] as [(String, Limit<Int>?)])
    func aLimitIsANumberOrNone(_ text: String, _ expected: Limit<Int>?) throws {
        #expect(try job("\"time_limit\":\(text)").record.timeLimitSeconds == expected)
    }

    @Test(
        arguments: [
            ("0", nil), ("1700000000", 1_700_000_000), ("null", nil),
            (#"{"set":true,"infinite":false,"number":0}"#, nil),
            (#"{"set":true,"infinite":false,"number":1700000000}"#, 1_700_000_000), ("4294967294", nil),
        ] as [(String, Int64?)])
    func timeZeroIsNever(_ text: String, _ expected: Int64?) throws {
        #expect(try job("\"start_time\":\(text)").record.start == expected.map { Timestamp($0) })
    }

    @Test(
        arguments: [
            ("123", 1.23), (#"{"set":true,"infinite":false,"number":123}"#, 1.23), ("4294967294", nil), ("0", 0),
        ] as [(String, Double?)])
    func loadIsInHundredths(_ text: String, _ expected: Double?) throws {
        #expect(try node("\"cpu_load\":\(text)").record.load == expected)
    }

    @Test(arguments: ["free_memory", "free_mem"])
    func memoryIsInMebibytes(_ key: String) throws {
        #expect(try node("\"\(key)\":3").record.freeMemoryBytes == 3 << 20)
        #expect(try node("\"\(key)\":-2").record.freeMemoryBytes == nil)
        #expect(try node("\"\(key)\":9223372036854775807").record.freeMemoryBytes == nil)
    }

    private static let failed = """
        {"status":["ERROR"],"return_code":{"set":true,"infinite":false,"number":3},
         "signal":{"id":{"set":false,"infinite":false,"number":0},"name":""}}
        """
    private static let killed = """
        {"status":["SIGNALED"],"return_code":{"set":false,"infinite":false,"number":0},
         "signal":{"id":{"set":true,"infinite":false,"number":15},"name":"TERM"}}
        """

    private static let exits: [(String, Slurm.ExitStatus?)] = [
        ("0", .init(code: 0)), ("256", .init(code: 1)), ("9", .init(code: 0, signal: 9)),
        ("139", .init(code: 0, signal: 11)), ("null", nil), (failed, .init(code: 3)),
        (killed, .init(code: 0, signal: 15)), (#"{"status":["PENDING"],"return_code":{},"signal":{}}"#, nil),
        (#"{"set":true,"infinite":false,"number":512}"#, .init(code: 2)),
        (#"{"set":false,"infinite":false,"number":0}"#, nil),
    ]

    @Test(arguments: exits)
    func anExitCodeIsReadInEveryForm(_ text: String, _ expected: Slurm.ExitStatus?) throws {
        #expect(try job("\"exit_code\":\(text)").record.exitStatus == expected)
    }

    @Test func wattsThatAreNotMeasuredAreAbsent() throws {
        let unmeasured = #""energy":{"consumed_energy":0,"current_watts":{"set":false,"infinite":false,"number":0}}"#
        #expect(try node(unmeasured).record.watts == nil)
        #expect(try node(unmeasured).record.consumedJoules == nil)
        let measured = #""energy":{"current_watts":250,"consumed_energy":0}"#
        #expect(try node(measured).record.watts == 250)
        #expect(try node(measured).record.consumedJoules == 0)
        #expect(try node(#""energy":null"#).oddities.isEmpty)
        #expect(try node(#""energy":7"#).oddities.wrongTypes.count == 1)
    }
}
