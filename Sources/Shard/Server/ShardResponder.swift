import HTTP
import HTTPServer
import Metrics
import Program

extension Router {
    /// What a shard answers.
    static func shard(metrics registry: MetricRegistry, _ web: WebSettings, reload: @escaping @Sendable () -> Void)
        -> Router
    {
        var router = Router()
        do throws(RouteError) {
            try router.add(.get, "/metrics") { MetricsAnswer.answer(to: $0, from: registry) }
            try router.add(.get, "/health") { _ in .response(Response(.ok, text: "OK")) }
            try router.add(.get, "/ready") { _ in .response(Response(.ok, text: "ready")) }
            try router.add(.get, "/") { _ in .prepared(landingPage) }
            if web.isLifecycleEnabled {
                try router.add(.post, "/-/reload") { _ in
                    reload()
                    return .response(Response(.accepted, text: "reloading"))
                }
            }
        } catch {
            preconditionFailure("\(error)")
        }
        return router
    }

    private static let landingPage = PreparedResponse(
        .ok, ["Content-Type": "text/html; charset=utf-8"],
        body: Array(
            """
            <!doctype html>
            <html lang="en">
            <title>Slurm exporter shard</title>
            <h1>Slurm exporter shard</h1>
            <ul>
            <li><a href="/metrics">Metrics</a></li>
            <li><a href="/health">Health</a></li>
            <li><a href="/ready">Readiness</a></li>
            </ul>
            </html>

            """.utf8))
}
