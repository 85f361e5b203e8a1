import Metrics
import ServiceRuntime
import SnapshotFormat
import TestSupport
import Testing

@Suite struct RoundTripTests {
    @Test(arguments: 1...40)
    func whatIsWrittenIsRead(seed: UInt64) throws {
        var documents = RandomDocuments(seed: seed)
        let document = documents.next()
        let bytes = SnapshotWriter.bytes(of: document)
        let read = try SnapshotReader.document(of: bytes)
        #expect(read.slice == document.slice && read.generation == document.generation)
        #expect(read.collectors == document.collectors)
        #expect(read.feeds == document.feeds)
        #expect(read.families.map(\.cluster) == document.families.map(\.cluster))
        #expect(read.families.map(\.dropped) == document.families.map(\.dropped))
        for (one, other) in zip(read.families, document.families) where other.dropped == nil {
            expectSame(one.table, other.table)
        }
        #expect(read.states.map(\.cluster) == document.states.map(\.cluster))
        #expect(read.states.map(\.state.numbers) == document.states.map(\.state.numbers))
        #expect(read.states.map(\.state.marks) == document.states.map(\.state.marks))
        for (one, other) in zip(read.states, document.states) {
            #expect(one.state.levels.count == other.state.levels.count)
            for (level, same) in zip(one.state.levels, other.state.levels) { expectSame(level, same) }
        }
        // Written again it is the same, byte by byte.
        #expect(SnapshotWriter.bytes(of: read) == bytes)
    }

    private func expectSame(_ left: SeriesTable, _ right: SeriesTable) {
        #expect(left.family == right.family)
        #expect(left.count == right.count)
        for (one, other) in zip(left.rows, right.rows) {
            #expect(left.labels(at: one) == right.labels(at: other))
            #expect(left.cells(at: one).map(Bits.init) == right.cells(at: other).map(Bits.init))
        }
        #expect(MetricsRenderer(.openMetrics).render([left]) == MetricsRenderer(.openMetrics).render([right]))
    }

    /// One NaN is as good as another.
    private struct Bits: Equatable {
        let pattern: UInt64?

        init(_ number: Double) {
            pattern = number.isNaN ? nil : number.bitPattern
        }
    }

    @Test func piecesAreAsGoodAsTheWhole() throws {
        var (documents, random) = (RandomDocuments(seed: 99), SeededGenerator(seed: 1))
        let document = documents.next()
        let bytes = SnapshotWriter.bytes(of: document)
        var writer = SnapshotWriter(document)
        var pieces: [[UInt8]] = []
        while let piece = writer.next(limit: 100) { pieces.append(piece) }
        #expect(Array(pieces.joined()) == bytes && pieces.count > 5)
        for _ in 0..<20 {
            var reader = SnapshotReader()
            for piece in random.pieces(of: bytes) { try reader.read(piece.span) }
            #expect(SnapshotWriter.bytes(of: try reader.finish()) == bytes)
        }
    }

    /// The format as it stands in the documentation of the type.
    @Test func itReadsLikeThis() {
        var table = SeriesTable(
            MetricFamily(
                "slurm_user_jobs_total", .gauge, help: "Jobs.", labels: ["user", "state"],
                merge: .sumOfFractions(decimals: 1),
                feed: .jobs))
        table.set(1.5, at: table.row("ann", "running"))
        let document = SnapshotDocument(
            slice: "all", generation: "5f1c-17",
            feeds: [
                FeedState(
                    cluster: "alpha", feed: .jobs, isUp: true,
                    data: .init(generation: 12, answered: 1_700_000_000, age: 3.25, lifetime: 90)),
                FeedState(cluster: "alpha", feed: .nodes, isUp: false),
            ], families: [FamilyState(cluster: "alpha", collector: "users", table: table)],
            states: [
                CountingState(
                    cluster: "alpha", collector: "accounting", feed: .accounting,
                    state: CounterState(
                        name: "ended_jobs", numbers: ["since": 5], marks: [4711, 1, 4712, 2], markWidth: 2,
                        levels: [table]))
            ])
        #expect(
            String(decoding: SnapshotWriter.bytes(of: document), as: UTF8.self) == """
                {"generation":"5f1c-17","kind":"snapshot","slice":"all","version":1}
                {"age":3.25,"answered":1700000000,"cluster":"alpha","feed":"jobs","generation":12,"isUp":true,"kind":"feed","lifetime":90}
                {"cluster":"alpha","feed":"nodes","isUp":false,"kind":"feed"}
                {"cluster":"alpha","collector":"users","decimals":1,"family":"slurm_user_jobs_total","feed":"jobs","help":"Jobs.","kind":"family","labels":["user","state"],"level":"important","merge":"sum","series":1,"type":"gauge"}
                {user="ann",state="running"} 15
                {"cluster":"alpha","collector":"accounting","feed":"accounting","kind":"state","levels":1,"markWidth":2,"marks":2,"name":"ended_jobs","numbers":{"since":5}}
                4711 1
                4712 2
                {"cluster":"alpha","collector":"accounting","decimals":1,"family":"slurm_user_jobs_total","feed":"jobs","help":"Jobs.","kind":"level","labels":["user","state"],"level":"important","merge":"sum","series":1,"type":"gauge"}
                {user="ann",state="running"} 15
                {"families":1,"kind":"end","series":1,"states":1}

                """)
    }
}
