import Foundation
import SimulatedCluster
import Testing

@testable import SimulatedREST

struct ContentTests {
    private let cluster = Asking.cluster

    @Test(arguments: APIVersion.allCases)
    func everyRecordOfTheModelIsThere(version: APIVersion) throws {
        let partitions = try Asking.list("partitions", version, .partitions, [QueryItem("flags", "ALL")])
        #expect(try Asking.list("jobs", version, .jobs).count == cluster.jobs.count)
        #expect(try Asking.list("nodes", version, .nodes).count == cluster.nodes.count { $0.state.base != .future })
        #expect(partitions.count == cluster.partitions.count { $0.exists })
        #expect(
            try Asking.list("reservations", version, .reservations).count == cluster.reservations.count { $0.exists })
        #expect(try Asking.list("licenses", version, .licenses).count == cluster.licenses.count)
        #expect(
            try Asking.list("associations", version, .accounting(.associations)).count == cluster.associations.count)
        #expect(
            try Asking.list("users", version, .accounting(.users)).count == cluster.users.count { $0.isInAccounting })
        #expect(try Asking.list("accounts", version, .accounting(.accounts)).count == cluster.accounts.count)
        #expect(try Asking.list(version <= .v38 ? "QOS" : "qos", version, .accounting(.qos)).count == cluster.qos.count)
    }

    @Test(arguments: APIVersion.allCases)
    func theSameJobsInEveryVersion(version: APIVersion) throws {
        let jobs = try Asking.list("jobs", version, .jobs)
        #expect(jobs.compactMap { $0["job_id"] as? Int } == cluster.jobs.map { Int($0.id) })
        let limits = jobs.map { $0["time_limit"] }
        for (shown, job) in zip(limits, cluster.jobs) {
            let number = (shown as? [String: Any]).map { $0["set"] as? Bool == true ? $0["number"] : nil } ?? shown
            #expect(number as? Int == job.limit.minutes)
        }
    }

    @Test(arguments: APIVersion.allCases.filter { $0 >= .v40 })
    func jobStatesAgreeWithTheJobs(version: APIVersion) throws {
        let states = try Asking.list("jobs", version, .jobStates).compactMap { $0["state"] as? [String] }
        #expect(states == (try Asking.list("jobs", version, .jobs).compactMap { $0["job_state"] as? [String] }))
    }

    @Test func recordsAreAsLargeAsRealOnes() throws {
        var parameters = Parameters()
        parameters.hasMenagerie = false
        let cluster = Simulation(parameters).cluster
        func size(_ version: APIVersion, _ endpoint: Endpoint, _ query: [QueryItem], records: Int) -> Int {
            let service = Service(style: .compact)
            return service.answer(to: Request(version, endpoint, query: query), from: cluster).body.measureRest()
                / records
        }
        let flags = [QueryItem("flags", "ALL")]
        let jobs = cluster.jobs.count
        #expect((3900...5300).contains(size(.v40, .jobs, flags, records: jobs)))
        #expect((4400...5600).contains(size(.v44, .jobs, flags, records: jobs)))
        #expect((1300...2100).contains(size(.v40, .nodes, [], records: cluster.nodes.count)))
        #expect((900...1300).contains(size(.v38, .nodes, [], records: cluster.nodes.count)))
    }

    @Test(arguments: [
        (Release.v2205, APIVersion.v38, 500), (.v2311, .v38, 404), (.v2405, .v40, 404), (.v2511, .v44, 404),
    ])
    func anUnknownJob(release: Release, version: APIVersion, status: Int) throws {
        let answer = Asking.answer(version, .job("999999999"), release: release)
        let document = try Asking.document(version, .job("999999999"), release: release)
        let fault = try #require((document["errors"] as? [[String: Any]])?.first)
        #expect(answer.status == status)
        #expect(answer.headers.first == Answer.Header(name: "Connection", value: "Close"))
        #expect(fault["error_number"] as? Int == 2017)
        #expect((document["jobs"] as? [Any])?.isEmpty == true)
    }

    @Test(arguments: [
        (APIVersion.v38, 500, "errno", 2018), (.v40, 200, "error_number", 0), (.v46, 200, "error_number", 0),
    ])
    func anUnknownNode(version: APIVersion, status: Int, key: String, number: Int) throws {
        let answer = Asking.answer(version, .node("no-such-node"))
        let fault = try Asking.document(version, .node("no-such-node"))["errors"] as? [[String: Any]]
        #expect(answer.status == status)
        #expect(fault?.first?[key] as? Int == number)
    }

    @Test(
        arguments: [(APIVersion.v38, nil, 500), (.v40, nil, 422), (.v44, .v2511, 422), (.v44, .v2605, 200)]
            as [(APIVersion, Release?, Int)])
    func anUnknownPartition(version: APIVersion, release: Release?, status: Int) {
        #expect(Asking.answer(version, .partition("no-such"), release: release).status == status)
    }

    @Test(arguments: APIVersion.allCases)
    func oneJobIsTheSameAsAmongAll(version: APIVersion) throws {
        let id = try #require(cluster.jobs.first { $0.state.base == .running }?.id)
        let all = try Asking.list("jobs", version, .jobs).filter { $0["job_id"] as? UInt32 == id }
        let one = try Asking.list("jobs", version, .job("\(id)")).filter { $0["job_id"] as? UInt32 == id }
        #expect(NSArray(array: one) == NSArray(array: all))
    }

    @Test func aPathIsReadOnlyWhereAVersionHasIt() {
        #expect(Request(path: "/slurm/v0.0.44/jobs/state/")?.endpoint == .jobStates)
        #expect(Request(path: "/slurmdb/v0.0.40/job/12")?.endpoint == .accounting(.job("12")))
        #expect(Request(path: "/openapi/v3")?.endpoint == .openAPI)
        #expect(Request(path: "/slurm/v0.0.99/jobs") == nil)
        #expect(Request(path: "/slurm/v0.0.44/nothing") == nil)
        #expect(Asking.answer(.v38, .shares).status == 404)
        #expect(Service(versions: [.v42]).answer(to: Request(.v44, .ping), from: cluster).status == 404)
        #expect(Service().notFound().header("Content-Type") == "text/plain")
    }
}
