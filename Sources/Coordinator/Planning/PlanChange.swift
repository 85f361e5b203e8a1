import FleetProtocol
import ServiceRuntime

/// A piece of work that got another owner, and why.
public struct PlanChange: Hashable, Codable, Sendable {
    public enum Kind: String, Codable, Sendable {
        case slice, upstream
    }

    public enum Reason: String, Codable, CaseIterable, Sendable {
        /// Nobody had it.
        case unowned
        /// Its owner isn't heard any more.
        case lost
        /// Its owner hands over what it has.
        case draining
        /// Its owner can't reach the one that asks the cluster.
        case cutOff = "cut_off"
        /// Loads were uneven.
        case balance
    }

    public var kind: Kind
    /// The slice, or the upstream's cluster.
    public var name: String
    public var from: String?
    /// Nil where nobody can have it.
    public var to: String?
    public var reason: Reason
    public var ageSeconds: Double
}

/// The last changes, each with its time.
struct PlanChanges: Sendable {
    typealias Instant = Planner.Instant

    private var changes: [(change: PlanChange, time: Instant)] = []
    /// Why what has no owner at the moment lost its last one.
    private var losses: [Work: (owner: String, reason: PlanChange.Reason)] = [:]

    private static let most = 100

    /// - Parameter reason: why the owner of a piece of work doesn't keep it.
    mutating func note(
        _ work: Work, from: String?, to: String?, at now: Instant, reason: (String) -> PlanChange.Reason
    ) {
        guard from != to else { return }
        if let from, to == nil { losses[work] = (from, reason(from)) }
        let loss = from.map { ($0, reason($0)) } ?? losses[work]
        if to != nil { losses[work] = nil }
        let change = PlanChange(work, from: loss?.0, to: to, reason: loss?.1 ?? .unowned)
        changes.append((change, now))
        if changes.count > Self.most { changes.removeFirst() }
    }

    /// The newest first.
    func all(at now: Instant) -> [PlanChange] {
        changes.reversed().map { entry in
            var change = entry.change
            change.ageSeconds = entry.time.duration(to: now) / .seconds(1)
            return change
        }
    }
}

extension PlanChange {
    fileprivate init(_ work: Work, from: String?, to: String?, reason: Reason) {
        let (kind, name): (Kind, String) =
            switch work {
            case .slice(let id): (.slice, id)
            case .upstream(let cluster): (.upstream, cluster)
            }
        self.init(kind: kind, name: name, from: from, to: to, reason: reason, ageSeconds: 0)
    }
}

extension Planner {
    /// Remembers who gave what to whom in a round, for people.
    mutating func noteChanges(of round: Round) {
        guard round.plan.slices != plan.slices || round.plan.upstreams != plan.upstreams else { return }
        let before = self
        let owners = Dictionary(uniqueKeysWithValues: plan.slices.map { ($0.slice.id, $0.owner) })
        for planned in round.plan.slices {
            let slice = planned.slice
            changes.note(.slice(slice.id), from: owners[slice.id] ?? nil, to: planned.owner, at: round.now) {
                before.reason($0, slice.cluster, round)
            }
        }
        for planned in round.plan.upstreams {
            let owner = plan.upstream(of: planned.cluster)?.owner
            changes.note(.upstream(planned.cluster), from: owner, to: planned.owner, at: round.now) {
                before.reason($0, planned.cluster, round)
            }
        }
    }

    private func reason(_ owner: String, _ cluster: String, _ round: Round) -> PlanChange.Reason {
        switch round.states[owner] {
        case nil, .lost: return .lost
        case .draining: return .draining
        case .joining, .ready: break
        }
        let asking = plan.upstream(of: cluster)?.owner
        return asking.map { cuts[Cut(reader: owner, owner: $0)] != nil } ?? false ? .cutOff : .balance
    }
}
