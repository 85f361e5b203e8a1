import FleetProtocol
import Foundation
import Store
import TestSupport
import Testing

struct PlanStoreTests {
    private let directory: TemporaryDirectory
    private let path: String

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.path("plan.db")
    }

    private static let slice = Slice(name: "jobs", cluster: "alpha", prefix: "slurm_jobs_", collectors: ["jobs"])

    private func next(_ plan: Plan) -> Plan {
        var plan = plan
        plan.identity.revision += 1
        plan.shards = [PlannedShard(id: "a", url: "http://a")]
        plan.slices = [PlannedSlice(Self.slice, owner: "a")]
        return plan
    }

    @Test func aNewStoreHasNoPlan() throws {
        let (plan, isFresh) = try PlanStore(path: path).takeOffice("one")
        #expect(isFresh)
        #expect(plan.identity.epoch == 1)
        #expect(plan.identity.holder == "one")
        #expect(plan.identity.revision == 0)
        #expect(!plan.identity.store.isEmpty)
    }

    @Test func aPlanOutlivesItsHolder() throws {
        let store = try PlanStore(path: path)
        let kept = next(try store.takeOffice("one").plan)
        try store.keep(kept)
        let (plan, isFresh) = try PlanStore(path: path).takeOffice("two")
        #expect(!isFresh)
        #expect(plan.slices == kept.slices)
        #expect(plan.identity.store == kept.identity.store)
        #expect(plan.identity.epoch == kept.identity.epoch + 1)
        #expect(plan.identity.revision == kept.identity.revision)
    }

    @Test func whoeverTookOfficeLaterWins() throws {
        let (one, two) = (try PlanStore(path: path), try PlanStore(path: path))
        let old = try one.takeOffice("one").plan
        let new = try two.takeOffice("two").plan
        try two.keep(next(new))
        #expect { try one.keep(next(old)) } throws: { ($0 as? StoreError)?.label == "overtaken" }
    }

    @Test func aRevisionIsWrittenOnce() throws {
        let store = try PlanStore(path: path)
        let plan = next(try store.takeOffice("one").plan)
        try store.keep(plan)
        #expect(throws: StoreError.self) { try store.keep(plan) }
        try store.keep(next(plan))
    }

    @Test func anEpochCanBeToldToStartHigher() throws {
        let store = try PlanStore(path: path)
        #expect(try store.takeOffice("one", above: 41).plan.identity.epoch == 42)
        #expect(try store.takeOffice("one").plan.identity.epoch == 43)
    }

    @Test func aLaterSchemaIsLeftAlone() throws {
        _ = try PlanStore(path: path)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = [
            "-c", "import sqlite3,sys; sqlite3.connect(sys.argv[1]).execute('PRAGMA user_version=99')", path,
        ]
        try process.run()
        process.waitUntilExit()
        #expect { try PlanStore(path: path) } throws: { ($0 as? StoreError)?.label == "newer_schema" }
    }
}
