import Foundation
import Testing

@testable import SimulatedCluster
@testable import SimulatedREST

/// One record of each kind in each generation of shapes, as text that can be read and compared.
///
/// `UPDATE_GOLDEN=1` writes the files anew.
struct GoldenTests {
    private static let cluster: Cluster = {
        var parameters = Parameters()
        parameters.nodes = 8
        parameters.jobs = 20
        parameters.users = 4
        parameters.accounts = 3
        parameters.hasMenagerie = false
        var simulation = Simulation(parameters)
        simulation.run(steps: 120)
        return simulation.cluster
    }()

    @Test(arguments: [APIVersion.v38, .v39, .v40, .v42, .v44, .v46])
    func recordsAreAsTheyWere(version: APIVersion) throws {
        let text = try Self.records(version)
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Golden/SimulatedREST/\(version.name).txt").standardized
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text).write(to: file)
        }
        #expect(try [UInt8](Data(contentsOf: file)) == text)
    }

    private static func records(_ version: APIVersion) throws -> [UInt8] {
        let dialect = Dialect(version: version, release: version.newestRelease, style: .pretty)
        var page = Page(source: Source(cluster: cluster, dialect: dialect, shows: .everything))
        page.add("waiting job", JobFields.all, try #require(cluster.jobs.first { $0.state.base == .pending }))
        page.add("running job", JobFields.all, try #require(cluster.jobs.first { $0.state.base == .running }))
        page.add("node", NodeFields.all, try #require(cluster.nodes.first { $0.state.base == .mixed }))
        page.add("partition", PartitionFields.all, try #require(cluster.partitions.first))
        page.add("reservation", ReservationFields.all, try #require(cluster.reservations.first))
        page.add("license", LicenseFields.all, try #require(cluster.licenses.first))
        page.add("diag", DiagFields.all, cluster.statistics)
        page.add("ping", PingFields.all, Ping(try #require(cluster.controllers.first)))
        if version >= .v40 { page.add("share", ShareFields.all, try #require(cluster.shares().last)) }
        let ended = try #require(cluster.accountedJobs.first { !$0.steps.isEmpty })
        page.add(
            "ended job", AccountingJobFields.all(in: dialect, withSteps: true), AccountedJob(ended, now: cluster.now))
        page.add("QOS", QOSFields.all, try #require(cluster.qos.last))
        page.add("association", AssociationFields.all, try #require(cluster.associations.last))
        let reference: [Ref<Association>] = [Ref(cluster.associations.count - 1)]
        page.add(
            "account", AccountFields.all,
            AccountRecord(account: cluster.accounts[1], associations: reference, coordinators: [Ref(0)]))
        page.add(
            "user", UserFields.all,
            UserRecord(user: cluster.users[0], associations: reference, coordinates: [Ref(1)], wckeys: cluster.wckeys))
        page.add(
            "cluster", ClusterFields.all,
            RegisteredCluster(
                name: "simulated", host: "ctl1", port: 6817, isSelf: true, federationState: "ACTIVE"))
        page.add("TRES", TRESFields.all, try #require(cluster.tres.first))
        page.add("database", AccountingDiagFields.all, cluster.database)
        page.addEnvelope()
        return page.text
    }

    private struct Page {
        let source: Source
        var text: [UInt8] = []

        mutating func add<Record>(_ title: String, _ fields: [Field<Record>], _ record: Record) {
            var writer = JSONWriter(source.dialect)
            Plan(fields, in: source.dialect, depth: 0).write(record, source, to: &writer)
            text += Array("# \(title)\n".utf8) + writer.bytes + [UInt8(ascii: "\n")]
        }

        mutating func addEnvelope() {
            let fault = Fault(description: "why", number: 2017, error: "Invalid job id specified", source: "where")
            let warning = Warning(description: "what", source: "where")
            let reply = Reply(content: [.nothing("jobs")], errors: [fault], warnings: [warning])
            text += Array("# envelope\n".utf8) + reply.body(from: source).text + [UInt8(ascii: "\n")]
        }
    }
}
