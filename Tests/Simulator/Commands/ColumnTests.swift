import SimulatedCluster
import Testing

@testable import SimulatedCommands

/// Formats as squeue and sinfo take them.
struct ColumnTests {
    private static let report = Report(cluster: Clusters.plain, release: .newest, environment: [:])

    private static let fields: [Field<Text>] = [
        Field("Name", "n", "NAME") { name, _, buffer in buffer.append(orNull: name) },
        Field("Whole", "w", "WHOLE", overflows: true) { name, _, buffer in buffer.append(name) },
        Field("Old", "o", "OLD", upTo: .v2311) { $2.append(ascii: "old") },
    ]

    private func long(_ format: Text, _ record: Text) -> String {
        line(ColumnFormat(long: format, fields: Self.fields, release: .newest).columns, record)
    }

    private func short(_ format: Text, _ record: Text) -> String {
        line(ColumnFormat(short: format, fields: Self.fields, release: .newest).columns, record)
    }

    private func line(_ columns: [Column<Text>], _ record: Text) -> String {
        var bytes: [UInt8] = []
        bytes.append(record, columns, Self.report)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func aLongFieldIsTwentyWideUnlessItSaysOtherwise() {
        #expect(long("name", "short") == "short               ")
        #expect(long("name", "twenty bytes and more") == "twenty bytes and mor")
        #expect(long("NAME:5,name:.5", "ab") == "ab      ab")
    }

    @Test func whatFollowsAColonAndItsWidthIsASuffix() {
        #expect(
            long("name:|,name:;", "as wide as it is, however long")
                == "as wide as it is, however long|as wide as it is, however long;")
        #expect(long("name:\u{1f},name:\u{1e}", "a") == "a\u{1f}a\u{1e}")
        #expect(long("name:", "a") == "a")
        #expect(long("name:4x", "a") == "a   x")
        #expect(long("name:.4.", "a") == "   a.")
    }

    @Test func aShortFormatKeepsTheTextAroundItsFields() {
        #expect(short("<%n>", "a") == "<a>")
        #expect(short("%.4n|%4n|", "ab") == "  ab|ab  |")
        #expect(short("%.2n|%2n", "abcd") == "ab|ab")
    }

    @Test func someFieldsOverflowOnTheRight() {
        #expect(short("%.2w|%2w", "abcd") == "abcd|ab")
    }

    @Test func bytesAreCountedNotCharacters() {
        #expect(long("name:.4,name:4|", "é") == "  éé  |")
    }

    @Test func nothingIsShownAsNullWhereThereIsRoomForIt() {
        #expect(long("name:|", "") == "(null)|")
        #expect(long("name:5|", "") == "     |")
        #expect(long("name:6|", "") == "(null)|")
        #expect(long("name:.5|", "") == "(null|")
    }

    @Test func unknownFieldsAreReportedAndTheOthersShown() {
        let format = ColumnFormat(long: "name:x,bogus:y,old,name", fields: Self.fields, release: .newest)
        #expect(format.unknown == ["bogus", "old"])
        #expect(format.columns.count == 4)
        #expect(ColumnFormat(short: "%n%?", fields: Self.fields, release: .newest).unknown == ["?"])
        #expect(ColumnFormat(long: "old", fields: Self.fields, release: .v2311).unknown.isEmpty)
    }
}
