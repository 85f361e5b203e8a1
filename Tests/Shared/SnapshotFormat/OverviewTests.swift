import SnapshotFormat
import Testing

@Suite struct OverviewTests {
    @Test func isReadAsItWasWritten() throws {
        let overview = SnapshotOverview(tags: ["jobs@alpha": #"W/"5f1c-17-3""#, "nodes@b/c": "\"\\"])
        #expect(try SnapshotOverview(bytes: overview.bytes) == overview)
    }

    @Test func saysTheSameInTheSameBytes() throws {
        let tags = (0..<100).map { ("slice\($0)", "\($0)") }
        let overviews = [tags, tags.reversed()].map { SnapshotOverview(tags: Dictionary(uniqueKeysWithValues: $0)) }
        #expect(try overviews[0].bytes == overviews[1].bytes)
    }

    @Test func passesOverWhatItDoesNotKnow() {
        let overview = SnapshotOverview(bytes: Array(#"{"later":[1],"tags":{"jobs@alpha":"1"}}"#.utf8))
        #expect(overview == SnapshotOverview(tags: ["jobs@alpha": "1"]))
    }

    @Test(arguments: ["", "{}", "[]", #"{"tags":["1"]}"#, #"{"tags":{"a":1}}"#, #"{"tags":{"a":"1"}"#])
    func whatIsNoneIsNone(_ text: String) {
        #expect(SnapshotOverview(bytes: Array(text.utf8)) == nil)
    }
}
