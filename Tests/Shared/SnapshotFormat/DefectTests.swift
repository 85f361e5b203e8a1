import Metrics
import ServiceRuntime
import SnapshotFormat
import Testing

/// Documents that are none.
@Suite struct DefectTests {
    private static let start = #"{"generation":"1","kind":"snapshot","slice":"all","version":1}"#
    private static let family = """
        {"cluster":"a","collector":"jobs","family":"slurm_x","help":"X.","kind":"family","labels":["user"],"level":"important",\
        "merge":"sum","series":2,"type":"gauge"}
        """

    private func error(_ lines: String..., limits: SnapshotReader.Limits = .init()) -> SnapshotError? {
        let text = lines.map { $0 + "\n" }.joined()
        do throws(SnapshotError) { _ = try SnapshotReader.document(of: Array(text.utf8), limits: limits) } catch {
            return error
        }
        return nil
    }

    @Test func eachHasItsName() {
        let end = #"{"families":1,"kind":"end","series":2}"#
        let series = [#"{user="a"} 1"#, #"{user="b"} 2"#]
        #expect(error() == .truncated)
        #expect(error(Self.start) == .truncated)
        #expect(error(Self.start, Self.family, series[0], series[1]) == .truncated)
        #expect(error(Self.start, Self.family, series[0], series[1], end) == nil)
        #expect(error(Self.family) == .misplaced(line: 1))
        #expect(error(Self.start, Self.start) == .misplaced(line: 2))
        #expect(error(Self.start, Self.family, series[0], end) == .misplaced(line: 4))
        #expect(error(Self.start, Self.family, series[0], series[1], series[1]) == .misplaced(line: 5))
        #expect(error(Self.start, Self.family, series[0], series[0]) == .series(line: 4, .repeated))
        #expect(error(Self.start, Self.family, #"{node="a"} 1"#) == .series(line: 3, .labels))
        #expect(error(Self.start, Self.family, #"{user="a"} x"#) == .series(line: 3, .number))
        #expect(error(Self.start, Self.family, series[0], series[1], end, "") == .misplaced(line: 6))
        #expect(error(Self.start, #"{"families":1,"kind":"end","series":0}"#) == .incomplete)
        #expect(error(Self.start.replacing(":1}", with: ":2}")) == .version(2))
    }

    @Test(arguments: [
        ("\"type\":\"gauge\"", "\"type\":\"guage\""), ("\"merge\":\"sum\"", "\"merge\":\"mean\""),
        ("\"merge\":\"sum\"", "\"decimals\":20,\"merge\":\"sum\""), ("slurm_x", "slurm-x"), ("\"user\"", "\"__user\""),
        ("[\"user\"]", "[\"user\",\"user\"]"), ("\"series\":2", "\"series\":-1"), ("\"series\":2", "\"series\":\"2\""),
        ("\"type\":\"gauge\"", "\"type\":\"histogram\",\"bounds\":[2,1]"), ("important", "trivial"),
        ("\"kind\":\"family\"", "\"feed\":\"jbos\",\"kind\":\"family\""),
    ])
    func aFamilyThatCannotBeIsRefused(good: String, bad: String) {
        let found = error(Self.start, Self.family.replacing(good, with: bad))
        #expect(found?.label == "header", "\(found.map { "\($0)" } ?? "none")")
    }

    @Test func whatIsNotKnownIsPassedOver() throws {
        let lines = [
            Self.start.replacing("{", with: #"{"later":[1],"#), #"{"kind":"watermark","at":7}"#, "whatever follows it",
            #"{"cluster":"a","feed":"power","isUp":true,"kind":"feed"}"#, #"{"families":0,"kind":"end","series":0}"#,
        ]
        let document = try SnapshotReader.document(of: Array(lines.joined(separator: "\n").utf8) + [10])
        #expect(document.slice == "all" && document.families.isEmpty && document.feeds.isEmpty)
    }

    @Test func aStateHasAllThatItSays() {
        let state =
            #"{"cluster":"a","collector":"accounting","feed":"accounting","kind":"state","levels":1,"markWidth":2,"#
            + #""marks":1,"name":"x","numbers":{}}"#
        let level = Self.family.replacing("\"family\",\"labels", with: "\"level\",\"labels")
            .replacing(":2,", with: ":1,")
        let (series, end) = (#"{user="a"} 1"#, #"{"families":0,"kind":"end","series":0,"states":1}"#)
        #expect(error(Self.start, state, "1 2", level, series, end) == nil)
        for mark in ["1", "1 2 3", "1 x", "1  2", "", "1 4294967296", "-1 2"] {
            #expect(error(Self.start, state, mark, level, series, end) == .mark(line: 3), "\(mark)")
        }
        #expect(error(Self.start, state, level, series, end) == .misplaced(line: 3))
        #expect(error(Self.start, state, "1 2", end) == .misplaced(line: 4))
        #expect(error(Self.start, state, "1 2", level, end) == .misplaced(line: 5))
        #expect(error(Self.start, level, series, end) == .misplaced(line: 2))
        #expect(error(Self.start, state, "1 2", Self.family, series, series, end) == .misplaced(line: 4))
        #expect(error(Self.start, end) == .incomplete)
        #expect(error(Self.start, state.replacing("\"markWidth\":2", with: "\"markWidth\":0"))?.label == "header")
        var limits = SnapshotReader.Limits()
        limits.marks = 0
        #expect(error(Self.start, state, "1 2", limits: limits) == .tooLarge("the number of marks"))
    }

    @Test func limitsHold() {
        var limits = SnapshotReader.Limits()
        limits.line = 500
        #expect(error(String(repeating: "x", count: 501), limits: limits) == .tooLarge("a line"))
        limits.series = 1
        #expect(
            error(Self.start, Self.family, #"{user="a"} 1"#, #"{user="b"} 1"#, limits: limits)
                == .tooLarge("the number of series"))
        limits.families = 0
        let empty = Self.family.replacing("\"series\":2", with: "\"series\":0")
        #expect(error(Self.start, empty, limits: limits) == .tooLarge("the number of families"))
    }

    /// No byte string does more than fail.
    @Test func damageIsFoundOrHarmless() {
        var (documents, random) = (RandomDocuments(seed: 5), SeededGenerator(seed: 6))
        let bytes = SnapshotWriter.bytes(of: documents.next())
        for length in stride(from: 0, to: bytes.count, by: bytes.count / 200 + 1) {
            #expect(throws: SnapshotError.self) { try SnapshotReader.document(of: Array(bytes[..<length])) }
        }
        for _ in 0..<200 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                damaged[Int.random(in: damaged.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = try? SnapshotReader.document(of: damaged)
        }
    }
}
