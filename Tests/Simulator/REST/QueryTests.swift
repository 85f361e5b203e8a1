import Foundation
import SimulatedCluster
import Testing

@testable import SimulatedREST

struct QueryTests {
    private let cluster = Asking.cluster

    private static func time(_ seconds: Int) -> [QueryItem] { [QueryItem("update_time", "\(seconds)")] }
    private var future: Int { Int(cluster.now.seconds) + 100 }

    @Test(arguments: [APIVersion.v40, .v42, .v44, .v46])
    func flagsReplaceTheDefault(version: APIVersion) throws {
        let all = try Asking.list("nodes", version, .nodes)
        let plain = try Asking.list("nodes", version, .nodes, [QueryItem("flags", "ALL")])
        #expect(all.contains { ($0["state"] as? [String])?.first == "MIXED" })
        #expect(!plain.contains { ($0["state"] as? [String])?.first == "MIXED" })
        #expect(all.contains { ($0["gres_used"] as? String)?.isEmpty == false })
        #expect(plain.allSatisfy { ($0["gres_used"] as? String)?.isEmpty == true })
    }

    @Test func flagsAreReadInAnyCaseAndRepeated() throws {
        let flags = [QueryItem("flags", "all"), QueryItem("flags", "Mixed"), QueryItem("flags", "DETAIL")]
        let nodes = try Asking.list("nodes", .v44, .nodes, flags)
        #expect(NSArray(array: nodes) == NSArray(array: try Asking.list("nodes", .v44, .nodes)))
    }

    @Test(arguments: [APIVersion.v40, .v41, .v44])
    func jobsWithoutDetailHaveNoResources(version: APIVersion) throws {
        let jobs = try Asking.list("jobs", version, .jobs, [QueryItem("flags", "ALL")])
        #expect(jobs.allSatisfy { ($0["job_resources"] as? [String: Any])?.isEmpty ?? true })
        #expect(jobs.allSatisfy { ($0["gres_detail"] as? [String])?.isEmpty == true })
        let detailed = try Asking.list("jobs", version, .jobs)
        #expect(detailed.contains { ($0["job_resources"] as? [String: Any])?.isEmpty == false })
        #expect(detailed.contains { ($0["gres_detail"] as? [String])?.isEmpty == false })
    }

    @Test(arguments: APIVersion.allCases)
    func revokedCopiesOfJobsShowByFlag(version: APIVersion) throws {
        let revoked = Set(cluster.jobs.filter { $0.state.flags.contains(.revoked) }.map { Int($0.id) })
        func ids(_ flags: [QueryItem]) throws -> Set<Int> {
            Set(try Asking.list("jobs", version, .jobs, flags).compactMap { $0["job_id"] as? Int })
        }
        #expect(!revoked.isEmpty)
        #expect(try ids([]).isSuperset(of: revoked))
        #expect(try ids([QueryItem("flags", "ALL")]).isSuperset(of: revoked))
        #expect(try ids([QueryItem("flags", "DETAIL")]).isDisjoint(with: revoked) == (version >= .v40))
    }

    @Test(arguments: [(Release.v2411, 422), (.v2605, 422), (.v2611, 500)])
    func aCommaListIsOneUnknownFlag(release: Release, status: Int) {
        let version: APIVersion = release == .v2411 ? .v42 : .v44
        let answer = Asking.answer(version, .jobs, [QueryItem("flags", "ALL,DETAIL")], release: release)
        #expect(answer.status == status)
        #expect(answer.closesConnection)
        #expect((answer.body.text.count > 100_000) == (release == .v2611))
    }

    @Test func olderVersionsDoNotLookAtFlags() {
        for version in [APIVersion.v38, .v39] {
            let answer = Asking.answer(version, .jobs, [QueryItem("flags", "nonsense")])
            #expect(answer.status == 200)
            #expect(answer.body.text == Asking.answer(version, .jobs).body.text)
        }
    }

    @Test(arguments: APIVersion.allCases)
    func unchangedJobsLookLikeNoJobs(version: APIVersion) throws {
        let answer = Asking.answer(version, .jobs, Self.time(future))
        guard version >= .v39 else {
            #expect(answer.status == 304)
            #expect(answer.body.text.isEmpty)
            #expect(answer.headers.isEmpty)
            return
        }
        let document = try Asking.document(version, .jobs, Self.time(future))
        #expect(answer.status == 200)
        #expect((document["jobs"] as? [Any])?.isEmpty == true)
        #expect((document["warnings"] as? [Any])?.count == 1)
    }

    @Test(arguments: [APIVersion.v38, .v40, .v44, .v46])
    func unchangedNodesPartitionsAndReservationsAreNotSent(version: APIVersion) {
        for endpoint in [Endpoint.nodes, .partitions, .reservations] {
            #expect(Asking.answer(version, endpoint, Self.time(future)).status == 304)
            #expect(Asking.answer(version, endpoint, Self.time(1)).status == 200)
        }
    }

    @Test(arguments: [(Release.v2511, 500), (.v2605, 200)])
    func nodesFailWhenOnlyThePartitionsAreUnchanged(release: Release, status: Int) {
        #expect(cluster.partitionsChanged < cluster.now)
        let between = Int(cluster.partitionsChanged.seconds) + 1
        #expect(Asking.answer(.v44, .nodes, Self.time(between), release: release).status == status)
    }

    @Test(arguments: [(APIVersion.v38, 400), (.v39, 400), (.v44, 422)])
    func aBadTimeIsRefused(version: APIVersion, status: Int) {
        #expect(Asking.answer(version, .jobs, [QueryItem("update_time", "yesterday-ish")]).status == status)
    }

    @Test(arguments: [(APIVersion.v38, 500), (.v39, 422), (.v44, 422)])
    func aTimeBeyondAllNumbersIsRefused(version: APIVersion, status: Int) {
        for time in ["now-9223372036854775807days", "2026-01-15T9223372036854775807:00", "now+9223372036854775807"] {
            let query = [QueryItem("start_time", time)]
            #expect(Asking.answer(version, .accounting(.jobs), query).status == status)
        }
    }

    @Test(
        arguments: [
            ("1768514400", 1_768_514_400), ("now", 1_768_514_400), ("now-1hour", 1_768_510_800),
            ("now+2days", 1_768_687_200), ("midnight", 1_768_435_200), ("2026-01-15T22:00:00", 1_768_514_400),
            ("2026-01-15", 1_768_435_200), ("2024-02-29T12:30", 1_709_209_800), ("2026-13-01", nil), ("soon", nil),
            ("now-", nil), ("", nil), ("now-9223372036854775807days", nil), ("now+9223372036854775807", nil),
            ("now+4294967295weeks", .max), ("now-4294967295weeks", 0), ("now-4294967296", nil),
            ("2026-01-15T9223372036854775807:00", nil), ("2026-01-15T-1:00", nil), ("2026-01-15T24:00", nil),
            ("2026-01-15T10:60", nil), ("2026-01-15T10:30:60", nil), ("2026-01-15T10", nil), ("2026-01-15T:10:30", nil),
            ("99999999999999999999", nil), ("999999-1-1", nil),
        ] as [(String, UInt32?)])
    func timesAreReadAsSlurmReadsThem(text: String, seconds: UInt32?) {
        let query = Query(items: [QueryItem("start_time", text)])
        #expect((try? query.time("start_time", now: Timestamp(1_768_514_400)))?.seconds == seconds)
    }

    @Test(arguments: APIVersion.allCases)
    func hiddenPartitionsShowByVersion(version: APIVersion) throws {
        let hidden = cluster.partitions.filter { $0.exists && $0.flags.contains(.hidden) }.map { $0.name.repaired }
        #expect(!hidden.isEmpty)
        let plain = try Asking.list("partitions", version, .partitions).compactMap { $0["name"] as? String }
        let all = try Asking.list("partitions", version, .partitions, [QueryItem("flags", "ALL")])
        #expect(Set(plain).isDisjoint(with: hidden) == (version >= .v40))
        #expect(Set(all.compactMap { $0["name"] as? String }).isSuperset(of: hidden))
    }
}
