import Foundation
import SimulatedCluster
import Testing

@testable import SimulatedREST

struct AccountingTests {
    private let cluster = Asking.cluster
    private let whole = [QueryItem("start_time", "1"), QueryItem("end_time", "4000000000")]

    private func jobs(_ query: [QueryItem], _ version: APIVersion = .v44) throws -> [[String: Any]] {
        try Asking.list("jobs", version, .accounting(.jobs), query)
    }

    @Test(arguments: APIVersion.allCases)
    func endedAndOpenJobsAreAllThere(version: APIVersion) throws {
        let open = cluster.jobs.count { !$0.state.base.hasEnded }
        #expect(try jobs(whole, version).count == Array(cluster.accountedJobs).count + open)
    }

    @Test func filtersLetThroughWhatTheyName() throws {
        let all = try jobs(whole)
        for (parameter, key) in [("account", "account"), ("users", "user"), ("partition", "partition"), ("qos", "qos")]
        {
            let value = try #require(all.compactMap { $0[key] as? String }.first { !$0.isEmpty && !$0.contains(",") })
            let some = try jobs(whole + [QueryItem(parameter, value)])
            #expect(some.count == all.count { $0[key] as? String == value })
            #expect(!some.isEmpty)
        }
    }

    @Test func aStateIsMatchedWithTheLastOne() throws {
        let failed = try jobs(whole + [QueryItem("state", "failed,TIMEOUT")])
        let states = failed.compactMap { (($0["state"] as? [String: Any])?["current"] as? [String])?.first }
        #expect(Set(states).isSubset(of: ["FAILED", "TIMEOUT"]))
        #expect(!states.isEmpty)
    }

    @Test func skippedStepsAreNotThere() throws {
        let full = try jobs(whole)
        let bare = try jobs(whole + [QueryItem("skip_steps", "true")])
        #expect(full.contains { ($0["steps"] as? [Any])?.isEmpty == false })
        #expect(bare.allSatisfy { ($0["steps"] as? [Any])?.isEmpty == true })
    }

    @Test func aFlagTurnsTruncationOnUnlessItIsDisabled() throws {
        let start = cluster.now.seconds - 60
        let window = [QueryItem("start_time", "\(start)"), QueryItem("end_time", "\(cluster.now.seconds)")]
        func starts(_ more: [QueryItem]) throws -> [UInt32] {
            try jobs(window + more).compactMap { ($0["time"] as? [String: Any])?["start"] as? UInt32 }.filter { $0 > 0 }
        }
        let skip = QueryItem("skip_steps", "true")
        #expect(try starts([]).contains { $0 < start })
        #expect(try starts([skip]).allSatisfy { $0 >= start })
        #expect(try starts([skip, QueryItem("disable_truncate_usage_time", "true")]).contains { $0 < start })
    }

    @Test func onlyTheLastRunShowsWithoutDuplicates() throws {
        let all = try jobs(whole).compactMap { $0["job_id"] as? Int }
        let last = try jobs(whole + [QueryItem("skip_steps", "true")]).compactMap { $0["job_id"] as? Int }
        #expect(all.count > Set(all).count)
        #expect(last.count == Set(last).count)
        #expect(Set(last) == Set(all))
    }

    @Test(arguments: [
        ("step", "99999999999"), ("step", "1,x"), ("step", "1_"), ("step", "1.2.3"), ("step", "+1"), ("step", "1.+1"),
        ("exit_code", "99999999999-3"), ("exit_code", "many"),
    ])
    func whatIsNoFilterIsRefused(parameter: String, value: String) {
        let query = whole + [QueryItem(parameter, value)]
        #expect(Asking.answer(.v38, .accounting(.jobs), query).status == 500)
        #expect(Asking.answer(.v44, .accounting(.jobs), query).status == 422)
    }

    @Test(arguments: [(APIVersion.v38, 500), (.v40, 422), (.v41, 200)])
    func limitsAreReadWhereThereAreAny(version: APIVersion, status: Int) {
        for name in ["cpus_min", "cpus_max", "nodes_min", "nodes_max", "timelimit_min", "timelimit_max"] {
            let bad = [QueryItem(name, "-99999999999999999999")]
            #expect(Asking.answer(version, .accounting(.jobs), bad).status == status, "\(name)")
            #expect(Asking.answer(version, .accounting(.jobs), [QueryItem(name, "4")]).status == 200, "\(name)")
        }
    }

    @Test(arguments: ["", "_4", "+1", ".batch", "_4.extern", ".0", "+1.interactive"])
    func aStepNamesItsJob(rest: String) throws {
        let id = try #require(try jobs(whole).compactMap { $0["job_id"] as? Int }.first)
        let found = try jobs(whole + [QueryItem("step", "\(id)\(rest)")])
        #expect(!found.isEmpty && found.allSatisfy { $0["job_id"] as? Int == id })
    }

    @Test func aJobWhoseStateIsAskedForMustBeOne() {
        #expect(Asking.answer(.v44, .jobStates, [QueryItem("job_id", "99999999999")]).status == 422)
        #expect(Asking.answer(.v44, .jobStates, [QueryItem("job_id", "1,2_3")]).status == 200)
    }

    @Test func theOldestVersionRefusesWhatItDoesNotKnow() {
        #expect(Asking.answer(.v38, .accounting(.jobs), [QueryItem("users", "alice")]).status == 500)
        #expect(Asking.answer(.v44, .accounting(.jobs), [QueryItem("users", "alice")]).status == 200)
    }

    @Test(arguments: [(APIVersion.v38, "errors"), (.v44, "warnings")])
    func anUnknownJobIsNoFailure(version: APIVersion, key: String) throws {
        let document = try Asking.document(version, .accounting(.job("999999999")))
        #expect(Asking.answer(version, .accounting(.job("999999999"))).status == 200)
        #expect((document[key] as? [Any])?.count == 1)
    }

    @Test func associationsOfUsersShowWhenAskedFor() throws {
        let plain = try Asking.list("users", .v44, .accounting(.users))
        let full = try Asking.list("users", .v44, .accounting(.users), [QueryItem("with_assocs", "true")])
        #expect(plain.allSatisfy { ($0["associations"] as? [Any])?.isEmpty == true })
        #expect(full.contains { ($0["associations"] as? [Any])?.isEmpty == false })
    }
}
