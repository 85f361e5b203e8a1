import Foundation
import SimulatedCluster
import Testing

@testable import SimulatedREST

/// How what goes wrong looks, release by release.
struct FailureTests {
    struct Case: Sendable {
        let release: Release
        let version: APIVersion
        let endpoint: Endpoint
        let failure: Failure
        let status: Int
        var number: Int?

        init(
            _ release: Release, _ version: APIVersion, _ endpoint: Endpoint, _ failure: Failure, _ status: Int,
            _ number: Int? = nil
        ) {
            self.release = release
            self.version = version
            self.endpoint = endpoint
            self.failure = failure
            self.status = status
            self.number = number
        }
    }

    private static let token: [Case] = [
        .init(.v2205, .v38, .jobs, .token, 500, 1007), .init(.v2205, .v38, .accounting(.qos), .token, 200, 7000),
        .init(.v2311, .v40, .jobs, .token, 500, 7000), .init(.v2311, .v40, .ping, .token, 500, 7000),
        .init(.v2405, .v41, .nodes, .token, 500, 1007), .init(.v2411, .v42, .jobs, .token, 511, 1007),
        .init(.v2511, .v44, .diag, .token, 511, 1007), .init(.v2611, .v46, .accounting(.jobs), .token, 502, 7000),
        .init(.v2611, .v46, .ping, .token, 200), .init(.v2611, .v46, .openAPI, .token, 200),
    ]

    private static let controller: [Case] = [
        .init(.v2205, .v38, .jobs, .controllerDown, 500), .init(.v2205, .v38, .ping, .controllerDown, 500),
        .init(.v2405, .v41, .nodes, .controllerDown, 500), .init(.v2405, .v41, .ping, .controllerDown, 200),
        .init(.v2411, .v42, .jobs, .controllerDown, 502, 1800), .init(.v2611, .v46, .nodes, .controllerDown, 502, 1800),
        .init(.v2611, .v46, .jobStates, .controllerDown, 500), .init(.v2611, .v46, .shares, .controllerDown, 500),
        .init(.v2611, .v46, .ping, .controllerDown, 200), .init(.v2611, .v46, .accounting(.qos), .controllerDown, 200),
        .init(.v2405, .v41, .jobs, .controllerFrozen, 500), .init(.v2611, .v46, .jobs, .controllerFrozen, 504, 5004),
        .init(.v2611, .v46, .shares, .controllerFrozen, 504, 5004), .init(.v2611, .v46, .ping, .controllerFrozen, 200),
    ]

    private static let database: [Case] = [
        .init(.v2205, .v38, .accounting(.users), .databaseDown, 500, 7000),
        .init(.v2205, .v38, .accounting(.jobs), .databaseDown, 200, 7000),
        .init(.v2205, .v38, .accounting(.diag), .databaseDown, 200, 7000),
        .init(.v2205, .v38, .jobs, .databaseDown, 200), .init(.v2311, .v40, .jobs, .databaseDown, 500, 7000),
        .init(.v2405, .v41, .jobs, .databaseDown, 200),
        .init(.v2405, .v41, .accounting(.qos), .databaseDown, 500, 7000),
        .init(.v2411, .v42, .accounting(.qos), .databaseDown, 502, 7000),
        .init(.v2605, .v45, .partitions, .databaseDown, 200),
        .init(.v2611, .v46, .partitions, .databaseDown, 500, 7000), .init(.v2611, .v46, .jobs, .databaseDown, 200),
        .init(.v2611, .v46, .openAPI, .databaseDown, 200),
    ]

    private func answer(_ wanted: Case) -> Answer {
        Service(release: wanted.release).answer(
            to: Request(wanted.version, wanted.endpoint), from: Asking.cluster, failing: wanted.failure)
    }

    private func document(_ wanted: Case) throws -> [String: Any] {
        try #require(try Asking.parse(answer(wanted).body.text) as? [String: Any])
    }

    @Test(arguments: token + controller + database)
    func statusAndNumberAreThoseOfTheRelease(wanted: Case) throws {
        let errors = try document(wanted)["errors"] as? [[String: Any]] ?? []
        #expect(answer(wanted).status == wanted.status)
        #expect(errors.isEmpty == (wanted.status == 200 && wanted.number == nil))
        if let number = wanted.number { #expect(errors.first?["error_number"] as? Int == number) }
    }

    @Test(
        arguments: [
            (.token, "Protocol authentication error"),
            (.controllerDown, "Unable to contact slurm controller (connect failure)"),
            (.controllerFrozen, "Socket timed out on send/recv operation"),
        ] as [(Failure, String)])
    func aPingSaysWhyNobodyAnswers(failure: Failure, status: String) throws {
        let pings = try document(Case(.v2611, .v46, .ping, failure, 200))["pings"] as? [[String: Any]]
        #expect(pings?.isEmpty == false)
        #expect(pings?.allSatisfy { $0["responding"] as? Bool == false } == true)
        #expect(pings?.allSatisfy { $0["status"] as? String == status } == true)
    }

    @Test func partitionsOf26_11AreAllThereWithoutTheDatabase() throws {
        let failed = try document(Case(.v2611, .v46, .partitions, .databaseDown, 500))["partitions"] as? [Any]
        #expect(failed?.isEmpty == false)
        #expect(failed?.count == (try Asking.list("partitions", .v46, .partitions)).count)
    }

    @Test(arguments: [(Release.v2205, APIVersion.v38, 0), (.v2405, .v41, 1), (.v2511, .v44, 1)])
    func whatTheDatabaseIsMissedForIsAWarning(release: Release, version: APIVersion, count: Int) throws {
        let warnings = try document(Case(release, version, .jobs, .databaseDown, 200))["warnings"] as? [Any]
        #expect(warnings?.count ?? 0 == count)
    }

    @Test func aRefusedTokenLeavesAnEmptyList() throws {
        for (endpoint, key) in [(Endpoint.jobs, "jobs"), (.accounting(.qos), "qos"), (.accounting(.tres), "TRES")] {
            let list = try document(Case(.v2611, .v46, endpoint, .token, 511))[key] as? [Any]
            #expect(list?.isEmpty == true, "\(key)")
        }
    }

    @Test func onlyTheControllerIsWaitedFor() {
        func waits(_ failure: Failure, _ version: APIVersion, _ endpoint: Endpoint) -> Bool {
            Service().waits(for: failure, answering: Request(version, endpoint))
        }
        #expect(waits(.controllerDown, .v46, .jobs))
        #expect(waits(.controllerDown, .v38, .ping))
        #expect(!waits(.controllerDown, .v46, .ping))
        #expect(waits(.controllerFrozen, .v46, .ping))
        #expect(!waits(.controllerFrozen, .v46, .accounting(.jobs)))
        #expect(!waits(.controllerFrozen, .v38, .shares))
        #expect(!waits(.databaseDown, .v46, .partitions))
    }

    @Test func the404ComesBeforeAnyFailure() {
        let shares = Service().answer(to: Request(.v38, .shares), from: Asking.cluster, failing: .token)
        #expect(shares.status == 404)
    }

    @Test(arguments: [(Release.v25110, 500), (.v2511, 401), (.v2205, 401)])
    func whoSaysNothingIsRefused(release: Release, status: Int) {
        let answer = Service(release: release).unauthenticated()
        #expect(answer.status == status)
        #expect(answer.header("Content-Type") == "text/plain")
    }

    @Test func everyReleaseIsReadByItsName() {
        for release in Release.allCases { #expect(Release(name: release.name) == release) }
        #expect(Set(Release.allCases.map(\.name)).count == Release.allCases.count)
        #expect(APIVersion.v41.newestRelease == .v2511)
    }
}
