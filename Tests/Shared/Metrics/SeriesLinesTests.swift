import Metrics
import Testing

@Suite struct SeriesLinesTests {
    private func family(_ type: FamilyType = .gauge) -> MetricFamily {
        MetricFamily("slurm_x", type, help: "X.", labels: ["user", "state"])
    }

    @Test(arguments: [
        (#"{user="ann",state="up"} 1"#, FamilyType.gauge), (#"{} -1.5"#, .gauge), (#"{state="a\\b\"c\n"} NaN"#, .gauge),
        (#"{user="ü"} +Inf"#, .gauge), (#"{user="ü"} -Inf"#, .unknown), ("{} 5e-324", .gauge),
        ("{} 1.7976931348623157e+308", .gauge), ("{} 9007199254740992", .counter), ("{} -0.0", .gauge),
        ("{} 7 @1700000000.25", .counter), ("{} 1 2 3 4.5 @1", .histogram(bounds: [1, 2])),
        ("{} 1 2 3 4.5", .gaugeHistogram(bounds: [1, 2])),
    ])
    func aLineIsWrittenAsItWasRead(line: String, type: FamilyType) throws {
        var table = SeriesTable(family(type))
        try table.addLine(line.utf8.span)
        var lines = SeriesLines(table)
        var bytes: [UInt8] = []
        #expect(lines.write(to: &bytes) == false)
        #expect(String(decoding: bytes, as: UTF8.self) == line + "\n")
    }

    @Test(arguments: [
        "", "{", "}", "{}", "{} ", "{}1", "{} 1 ", "{} 1 2", "{} 1  2", "{} one", "{} 0x10", "{} inf", "{} 1e999",
        "{} 1_0",
        "{} 1 @", "{} 1 @2", "{} 1 @NaN", "x{} 1", #"{user="ann"1} 1"#, #"{user="ann",} 1"#, #"{,user="ann"} 1"#,
        #"{state="up",user="ann"} 1"#, #"{user="ann",user="bob"} 1"#, #"{node="a"} 1"#, #"{user=""} 1"#,
        #"{user="a} 1"#,
        #"{user="a\x"} 1"#, "{user=\"a\nb\"} 1", #"{user=ann} 1"#, #"{user='ann'} 1"#, #"{user="a" state="b"} 1"#,
        #"{user="a\"} 1"#, #"{1user="a"} 1"#,
    ])
    func whatNobodyWouldWriteIsRefused(line: String) {
        var table = SeriesTable(family())
        #expect(throws: InvalidSeriesLine.self) { try table.addLine(line.utf8.span) }
    }

    @Test func invalidUTF8IsRefused() {
        var table = SeriesTable(family())
        let line = Array(#"{user=""#.utf8) + [0xFF] + Array(#""} 1"#.utf8)
        #expect(throws: InvalidSeriesLine.labels) { try table.addLine(line.span) }
    }

    @Test func aSeriesCannotBeThereTwice() throws {
        var table = SeriesTable(family())
        try table.addLine(#"{user="ann"} 1"#.utf8.span)
        #expect(throws: InvalidSeriesLine.repeated) { try table.addLine(#"{user="ann"} 2"#.utf8.span) }
    }

    @Test func openLabelsAreSortedAndNotTheTypesOwn() throws {
        var table = SeriesTable(try MetricFamily(foreign: "x", .histogram(bounds: [1])))
        try table.addLine(#"{a="1",b="2"} 1 2 3"#.utf8.span)
        for line in [#"{b="1",a="2"} 1 2 3"#, #"{a="1",a="2"} 1 2 3"#, #"{le="1"} 1 2 3"#, #"{__a="1"} 1 2 3"#] {
            #expect(throws: InvalidSeriesLine.labels) { try table.addLine(line.utf8.span) }
        }
    }

    @Test func theyComeInAsManyPiecesAsOneLikes() {
        var table = SeriesTable(family())
        for number in 0..<100 { table.set(Double(number), at: table.row("user\(number)", "up")) }
        var lines = SeriesLines(table)
        var (bytes, pieces) = ([UInt8](), 0)
        repeat {
            pieces += 1
            var piece: [UInt8] = []
            let isMore = lines.write(to: &piece, limit: 200)
            bytes += piece
            if !isMore { break }
        } while true
        #expect(pieces > 10 && bytes.count { $0 == UInt8(ascii: "\n") } == 100)
    }
}
