import Foundation
import Testing

@testable import RealSlurm

/// The words of Slurm's commands, without a Slurm.
struct ReadingTests {
    @Test(arguments: [
        ("", []), ("(null)", ["(null)"]), ("c1", ["c1"]), ("c[1-3,7],g1", ["c1", "c2", "c3", "c7", "g1"]),
        ("f[008-011]", ["f008", "f009", "f010", "f011"]),
    ])
    func hostLists(text: String, names: [String]) {
        #expect(HostList.names(text) == names)
    }

    @Test func resources() {
        let resources = Resources("cpu=4,mem=62.50G,node=1,billing=12,gres/gpu=2,gres/gpu:a100=2")
        #expect(resources.processors == 4)
        #expect(resources.memory == 62.5 * 1_073_741_824)
        #expect(resources.gpus == 2 && resources["gres/gpu:a100"] == 2 && resources["gres/gpu:t4"] == 0)
        #expect(Resources("mem=4000M").memory == 4_000 * 1_048_576)
        #expect(Resources("mem=512").memory == 512 * 1_048_576)
        #expect(Resources("").amounts.isEmpty)
    }

    @Test func gres() {
        #expect(Gres.counts("gpu:a100:2(IDX:0-1),gpu:t4:2(S:0)") == ["gpu:a100": 2, "gpu:t4": 2])
        #expect(Gres.counts("gpu:0") == ["gpu": 0])
        #expect(Gres.counts("") == [:])
    }

    @Test func columns() {
        let fields = ["Name", "State"]
        #expect(ColumnTable.format(fields) == "Name:\u{1F},State:\u{1E}")
        let table = ColumnTable("two\nlines|\u{1F}RUNNING\u{1E}\n\u{1F}PENDING\u{1E}\n", fields: fields)
        #expect(table.rows.map { $0["Name"] } == ["two\nlines|", ""])
        #expect(table.rows.map { $0["State"] } == ["RUNNING", "PENDING"])
    }

    @Test func records() throws {
        let text = """
            NodeName=c1 State=MIXED+DRAIN CfgTRES=cpu=16,mem=64000M Gres=(null) Reason=it fell off
            the bus [root@2026-11-21T06:19:23]
            NodeName=c2 State=IDLE CPUAlloc=0

            """
        let records = ControlRecord.parse(text, first: "NodeName")
        try #require(records.count == 2)
        #expect(records[0]["State"] == "MIXED+DRAIN")
        #expect(records[0].resources("CfgTRES").processors == 16)
        #expect(records[0]["Gres"] == nil)
        #expect(records[0]["Reason"] == "it fell off\nthe bus [root@2026-11-21T06:19:23]")
        #expect(records[1].number("CPUAlloc") == 0)
    }

    @Test func schedulers() {
        let reading = SchedulerReading(
            """
            Server thread count:  3
            Jobs submitted: 11
            Job states ts:  Sat Nov 21 06:19:29 2026 (1795241969)

            Main schedule statistics (microseconds):
            \tLast cycle:   16

            Backfilling stats
            \tLast cycle when: Sat Nov 21 06:19:30 2026 (1795241970)
            \tDepth Mean (try depth): 3

            Latency for 1000 calls to gettimeofday(): 22 microseconds

            Remote Procedure Call statistics by message type
            \tREQUEST_PARTITION_INFO                  ( 2009) count:38     ave_time:189    total_time:7186

            Remote Procedure Call statistics by user
            \troot            (       0) count:15     ave_time:1331   total_time:20117

            """)
        #expect(reading.figures["Jobs submitted"] == 11)
        #expect(reading.figures["Job states ts"] == 1_795_241_969)
        #expect(reading.figures["Main schedule statistics/Last cycle"] == 16)
        #expect(reading.figures["Backfilling stats/Last cycle when"] == 1_795_241_970)
        #expect(reading.figures["Backfilling stats/Depth Mean (try depth)"] == 3)
        #expect(reading.figures["Latency for 1000 calls to gettimeofday()"] == 22)
        #expect(
            reading.messages["REQUEST_PARTITION_INFO"]
                == SchedulerReading.Calls(count: 38, averageTime: 189, totalTime: 7_186))
        #expect(reading.users["root"]?.count == 15)
    }

    @Test func dates() {
        #expect(SlurmDate.parse("2026-11-21T06:19:23") == Date(timeIntervalSince1970: 1_795_241_963))
        #expect(SlurmDate.parse("N/A") == nil)
    }

    @Test func totals() {
        let words = ["a", "bb", "cc"]
        #expect(words.tally { $0.count } == [1: 1, 2: 2])
        #expect(words.sum(of: { $0.count }, by: { $0.first! }) == ["a": 1, "b": 2, "c": 2])
        #expect([["x", "y"], ["y"]].tallyEach { $0 } == ["x": 1, "y": 2])
    }
}
