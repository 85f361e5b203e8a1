import Slurm
import Testing

/// Limits on resources, in whatever form they come.
struct AmountRuleTests {
    @Test(
        arguments: [
            ("0", 0), ("5", 5), ("4294967296", 4_294_967_296), ("1000000000000", 1_000_000_000_000), ("-1", nil),
            ("-2", nil), ("null", nil), ("18446744073709551615", nil), ("18446744073709551614", nil), ("2.5", 3),
            (#"{"set":true,"infinite":false,"number":7}"#, 7), (#"{"set":false,"infinite":true,"number":0}"#, nil),
            (#"{"set":false,"infinite":false,"number":0}"#, nil),
        ] as [(String, Int?)])
    func aLimitIsANumberOrNone(_ count: String, _ expected: Int?) throws {
        let record = try association(#""max":{"tres":{"total":[{"type":"cpu","name":"","id":1,"count":\#(count)}]}}"#)
        #expect(record.record.limits.group[.cpu] == expected)
        #expect(record.record.limits.group.entries.count == (expected == nil ? 0 : 1))
    }

    @Test func kindsGoByTypeAndName() throws {
        let entries = [
            #"{"type":"cpu","name":null,"count":1}"#, #"{"type":"mem","name":"","count":2}"#,
            #"{"type":"node","count":3}"#, #"{"type":"billing","count":4}"#,
            #"{"type":"gres","name":"gpu:h100","count":5}"#, #"{"name":"license/matlab","value":6}"#, #"{"count":7}"#,
        ]
        let text = entries.joined(separator: ",")
        let found = try association(#""max":{"tres":{"per":{"job":[\#(text)]}}}"#)
        let amounts = found.record.limits.job.entries.map { ($0.kind.name(found.symbols), $0.amount) }
        let expected = [
            ("cpu", 1), ("mem", 2 << 20), ("node", 3), ("billing", 4), ("gres/gpu:h100", 5), ("license/matlab", 6),
        ]
        #expect(amounts.elementsEqual(expected, by: ==))
    }

    @Test(arguments: ["null", "{}", "\"\"", "[]", "[null]", "[[]]"])
    func whatIsNoListOfLimitsLimitsNothing(_ list: String) throws {
        #expect(try association(#""max":{"tres":{"total":\#(list)}}"#).record.limits.group.isEmpty)
    }

    @Test func theNextRecordInheritsNothing() throws {
        let text =
            #"{"associations":[{"account":"a","max":{"tres":{"total":[{"type":"cpu","count":5}]}}},"#
            + #"{"account":"b","max":{"tres":{"total":[]}}},{"account":"c"}]}"#
        let decoded = try Decoded(AssociationsReader.self, Array(text.utf8))
        #expect(decoded.records.map { $0.limits.group[.cpu] } == [5, nil, nil])
    }
}
