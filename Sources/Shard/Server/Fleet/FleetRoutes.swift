import FleetProtocol
import HTTP
import HTTPServer
import Locks
import Membership
import Program
import ShardSettings
import SnapshotFormat
import Snapshots

extension Router {
    /// What a shard of a fleet answers.
    static func fleetShard(
        _ exporter: FleetExporter, _ membership: MembershipService, _ settings: ShardSettings
    ) -> Router {
        var router = Router()
        let tokens = settings.fleet.tokens
        let feeds = FeedRoute(exporter: exporter) { membership.plan?.slices.map(\.slice) ?? [] }
        do throws(RouteError) {
            try router.addMetrics({ exporter.otherPages }) { request in
                let view = exporter.view.withLock { $0 }
                return Snapshots.metrics(
                    for: request, of: view.groups.map { Snapshots.Shown($0.snapshots, slice: $0.name) },
                    own: exporter.registry)
            }
            try router.addCare(for: exporter, readiness: { readiness(of: exporter, membership) }) {
                exporter.view.withLock { $0.configuration }
            }
            try router.addShardPage { ShardDocument(exporter, membership) }
            let isOpen = settings.web.isLifecycleEnabled
            if isOpen || !tokens.isEmpty {
                try router.addReload { isOpen || tokens.admits(authorization: $0.fields.combined("Authorization")) }
            }
            try router.add(.get, "/snapshots") { request in
                guarded(request, tokens) { overview(of: exporter) }
            }
            try router.add(.get, "/snapshots/{slice}") { request in
                guarded(request, tokens) { snapshot(of: exporter, for: request) }
            }
            try router.add(.get, "/feeds/{cluster}/{feed}") { request in
                guarded(request, tokens) { feeds.answer(to: request) }
            }
        } catch {
            preconditionFailure("\(error)")
        }
        return router
    }

    /// User and job names are in it: for this host, and for whoever has a token.
    private static func guarded(_ request: RoutedRequest, _ tokens: FleetTokens, _ answer: () -> Answer) -> Answer {
        if request.isFromThisHost || tokens.admits(authorization: request.fields.combined("Authorization")) {
            return answer()
        }
        return .response(.unauthorized(FleetTokens.demand))
    }

    private static func snapshot(of exporter: FleetExporter, for request: RoutedRequest) -> Answer {
        let view = exporter.view.withLock { $0 }
        let id = request.parameters["slice"]
        guard let slice = view.slices.first(where: { $0.id == id }),
            let group = view.groups.first(where: { $0.name == slice.name })
        else { return .response(Response(.notFound, text: "404 Not Found: no slice '\(id)' here")) }
        return group.snapshots.document(for: request, slice: id, of: [slice.cluster])
    }

    private static func overview(of exporter: FleetExporter) -> Answer {
        .work { writer in
            let overview = await SnapshotOverview(of: exporter.view.withLock { $0 })
            writer.respond(Response(.ok, ["Content-Type": "application/json"], body: try overview.bytes))
        }
    }

    /// Ready is who goes by a plan, and has something to show for each slice that is not on its way.
    private static func readiness(of exporter: FleetExporter, _ membership: MembershipService) -> Answer {
        guard membership.plan != nil else { return .response(Response(.serviceUnavailable, text: "no plan so far")) }
        if case .notAtAll(let problem) = membership.following {
            return .response(Response(.serviceUnavailable, text: "the plan can't be followed: \(problem)"))
        }
        let warming = exporter.states.filter { $0.state == "warming" }.map(\.slice.id).sorted()
        guard !warming.isEmpty else { return .response(Response(.ok, text: "ready")) }
        return .response(Response(.serviceUnavailable, text: "warming: \(warming.joined(separator: ", "))"))
    }
}

extension SnapshotOverview {
    fileprivate init(of view: FleetExporter.View) async {
        self.init(tags: [:])
        for group in view.groups {
            guard let tag = await group.snapshots.documentTag else { continue }
            for slice in view.slices where slice.name == group.name { tags[slice.id] = tag }
        }
    }
}
