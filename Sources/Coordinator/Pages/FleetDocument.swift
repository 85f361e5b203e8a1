import Fleet
import FleetProtocol
import Gathering
import Planning
import ServiceRuntime

/// Everything that the coordinator's page shows of this moment.
struct FleetDocument: Encodable, Sendable {
    let version = BuildInformation.current.version
    let commit = BuildInformation.current.commit
    let leadership: Leadership?
    /// Nil where there is no fleet, or this coordinator doesn't know it.
    let fleet: FleetStatus?
    let clusters: [String: ClusterFigures]
    let targets: [Target]
    /// Sources of which nothing is known yet.
    let waitingFor: [String]

    struct Leadership: Encodable, Sendable {
        enum Role: String, Encodable {
            case leader, standby
        }

        struct Leader: Encodable {
            let name: String
            let epoch: UInt64
            let url: String?
        }

        let me: Role
        /// Nil where nobody leads, as far as this coordinator knows.
        let leader: Leader?
    }

    /// A static target.
    struct Target: Encodable, Sendable {
        let instance: String
        let isUp: Bool?
        let samples: Int
        let durationSeconds: Double?
        let error: String?
    }
}

extension FleetDocument.Leadership {
    init(_ report: LeaderReport) {
        me = report.leads ? .leader : .standby
        leader = report.leader.map { Leader(name: $0, epoch: report.epoch ?? 0, url: report.leaderURL) }
    }
}

extension FleetDocument.Target {
    init(_ status: TargetBoard.Status) {
        instance = status.target.allLabels["instance"] ?? ""
        isUp = status.isUp
        samples = status.samples
        durationSeconds = status.lastDuration.map { $0 / .seconds(1) }
        error = status.lastError
    }
}
