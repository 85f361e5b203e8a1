import HTTP
import HTTPServer
import Metrics
import Program
import Snapshots
import Upstreams

extension Router {
    /// What a shard on its own answers.
    static func shard(_ exporter: Exporter, _ web: WebSettings, _ configuration: ConfigurationService) -> Router {
        var router = Router()
        let snapshots = exporter.snapshots
        do throws(RouteError) {
            try router.addMetrics({ exporter.otherPages }) { snapshots.metrics(for: $0) }
            try router.addShardPage { ShardDocument(exporter) }
            // User and job names are in it.
            try router.add(.get, "/snapshots/{slice}", loopbackOnly: true) { snapshots.document(for: $0) }
            try router.addCare(for: exporter, readiness: { readiness(of: exporter) }) { configuration.effective }
            if web.isLifecycleEnabled { try router.addReload { _ in true } }
        } catch {
            preconditionFailure("\(error)")
        }
        return router
    }

    /// Ready is who has tried everything once, also where Slurm failed; and who asks nothing more, because it fails.
    private static func readiness(of exporter: Exporter) -> Answer {
        let failing = Set(exporter.upstreams.filter(\.isLeftAlone).map(\.cluster))
        let waiting = exporter.snapshots.waitingFor.filter { feed in
            !failing.contains(String(feed[..<(feed.lastIndex(of: " ") ?? feed.endIndex)]))
        }
        guard !waiting.isEmpty else { return .response(Response(.ok, text: "ready")) }
        return .response(
            Response(.serviceUnavailable, text: "waiting for the first answer: \(waiting.joined(separator: ", "))"))
    }
}
