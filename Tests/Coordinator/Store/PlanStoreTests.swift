import FleetProtocol
import Lease
import SQLite
import ServiceRuntime
import Store
import TestSupport
import Testing

struct PlanStoreTests {
    private let directory: TemporaryDirectory
    private let path: String

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.path("fleet.db")
    }

    private static let slice = Slice(name: "jobs", cluster: "alpha", prefix: "slurm_jobs_", collectors: ["jobs"])

    private func file() -> StoreFile { StoreFile(path: path, logger: CollectedLog().log().logger("store")) }

    /// A term that the lease is written for.
    private func term(_ epoch: UInt64, of name: String) throws -> Election.Term {
        let lease = StoredLease(in: file())
        guard case .found(let found) = lease.perform(.read) else { throw StoreError.overtaken }
        let holder = Candidate(name: name, nonce: epoch)
        let record = LeaseRecord(holder: holder, epoch: epoch, renewal: epoch, lifetime: .seconds(10))
        guard lease.perform(.replace(found, with: record)) == .written else { throw StoreError.overtaken }
        return Election.Term(epoch: epoch, holder: holder)
    }

    private func next(_ plan: Plan) -> Plan {
        var plan = plan
        plan.identity.revision += 1
        plan.shards = [PlannedShard(id: "a", url: "http://a")]
        plan.slices = [PlannedSlice(Self.slice, owner: "a")]
        return plan
    }

    @Test func aNewStoreHasNoPlan() throws {
        let store = PlanStore(in: file())
        #expect(try store.plan() == nil)
        let (plan, isFresh) = try store.takeOffice(try term(7, of: "one"))
        #expect(isFresh)
        #expect(plan.identity.epoch == 7 && plan.identity.holder == "one#7" && plan.identity.revision == 0)
        #expect(!plan.identity.store.isEmpty)
    }

    @Test func aPlanOutlivesItsHolder() throws {
        let store = PlanStore(in: file())
        let kept = next(try store.takeOffice(try term(1, of: "one")).plan)
        try store.keep(kept)
        #expect(try PlanStore(in: file()).plan() == kept)
        let (plan, isFresh) = try PlanStore(in: file()).takeOffice(try term(2, of: "two"))
        #expect(!isFresh)
        #expect(plan.slices == kept.slices && plan.identity.store == kept.identity.store)
        #expect(plan.identity.epoch == 2 && plan.identity.revision == kept.identity.revision)
    }

    @Test func anOlderCopyIsGivenTheLastPlanAgain() throws {
        let store = PlanStore(in: file())
        let older = next(try store.takeOffice(try term(1, of: "one")).plan)
        try store.keep(older)
        var last = next(older)
        last.shards = []
        last.slices = []
        let (plan, isFresh) = try store.takeOffice(try term(2, of: "one"), knowing: last)
        #expect(!isFresh && plan.slices.isEmpty && plan.identity.revision == last.identity.revision)
        #expect(try store.plan() == plan)
        // What is known of another store, or is the older one, says nothing.
        var other = last
        other.identity.store = "another"
        other.identity.revision += 7
        for known in [other, older] {
            let term = try term(plan.identity.epoch + 1, of: "one")
            #expect(try store.takeOffice(term, knowing: known).plan.slices.isEmpty)
        }
        #expect(try store.identity().revision == plan.identity.revision)
    }

    @Test func nobodyWritesInWhoseTermAnotherHasBegun() throws {
        let (one, two) = (PlanStore(in: file()), PlanStore(in: file()))
        let old = try one.takeOffice(try term(1, of: "one")).plan
        let term = try term(2, of: "two")
        // As soon as the lease is another's, and not only when that one has written.
        #expect(throws: StoreError.overtaken) { try one.keep(next(old)) }
        let new = try two.takeOffice(term).plan
        try two.keep(next(new))
        #expect(throws: StoreError.overtaken) { try one.keep(next(old)) }
        #expect(throws: StoreError.overtaken) {
            try one.takeOffice(Election.Term(epoch: 1, holder: Candidate(name: "one", nonce: 1)))
        }
    }

    @Test func aRevisionIsWrittenOnce() throws {
        let store = PlanStore(in: file())
        let plan = next(try store.takeOffice(try term(1, of: "one")).plan)
        try store.keep(plan)
        #expect(throws: StoreError.overtaken) { try store.keep(plan) }
        try store.keep(next(plan))
    }

    @Test func aPlanThatCannotBeReadIsNone() throws {
        let store = PlanStore(in: file())
        try store.keep(next(try store.takeOffice(try term(1, of: "one")).plan))
        try Database(path: path).run("UPDATE plan SET body = 'no plan'")
        #expect(try store.plan() == nil)
        #expect(try store.takeOffice(try term(2, of: "two")).isFresh)
    }

    @Test func coordinatorsFindEachOther() throws {
        let (one, two) = (CoordinatorRegister(in: file()), CoordinatorRegister(in: file()))
        let a = RegisteredCoordinator(name: "a", nonce: 1, url: "http://a", mode: "primary")
        var b = RegisteredCoordinator(name: "b", nonce: .max, url: "http://b", mode: "secondary")
        try one.enter(a)
        try two.enter(b)
        #expect(try one.coordinators() == [a, b])
        let former = b
        b.nonce = 3
        try two.enter(b)
        try one.leave(former)
        #expect(try one.coordinators() == [a, b])
        try one.leave(a)
        #expect(try two.coordinators() == [b])
    }
}
