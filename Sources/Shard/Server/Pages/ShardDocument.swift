import FleetProtocol
import Locks
import Membership
import ServiceRuntime
import Snapshots
import Upstreams

/// Everything that a shard's page shows of this moment.
struct ShardDocument: Encodable, Sendable {
    let version = BuildInformation.current.version
    let commit = BuildInformation.current.commit
    /// Nil for a process on its own.
    let membership: Membership?
    let collectors: [CollectorReport]
    /// Only those that are asked from here.
    let upstreams: [UpstreamStatus]
    let memoryLevel: Int

    struct Membership: Encodable, Sendable {
        let plan: PlanIdentity?
        /// For how long no coordinator has answered; nil where one does.
        let silentForSeconds: Double?
        /// Why not all of the plan is followed.
        let problem: String?
        let slices: [Slice]
    }

    struct Slice: Encodable, Sendable {
        let id: String
        let prefix: String
        let collectors: [String]
        let state: String
    }
}

extension ShardDocument {
    init(_ exporter: Exporter) {
        membership = nil
        collectors = exporter.snapshots.states.map { CollectorReport($0) }
        upstreams = exporter.upstreams.map(\.status)
        memoryLevel = exporter.snapshots.memoryLevel.rawValue
    }

    init(_ exporter: FleetExporter, _ service: MembershipService) {
        let view = exporter.view.withLock { $0 }
        membership = Membership(
            plan: service.plan?.identity, silentForSeconds: service.silence.map { $0 / .seconds(1) },
            problem: service.following.problem, slices: exporter.states.map(Slice.init).sorted { $0.id < $1.id })
        collectors = view.groups.flatMap { group in
            group.snapshots.states.map { CollectorReport($0, of: group.name) }
        }
        upstreams = view.works.map(\.upstream.status)
        memoryLevel = view.groups.map(\.snapshots.memoryLevel.rawValue).max() ?? 0
    }
}

extension ShardDocument.Slice {
    init(_ slice: Slice, state: String) {
        id = slice.id
        prefix = slice.prefix
        collectors = slice.collectors
        self.state = state
    }
}
