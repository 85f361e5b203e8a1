import Federation
import Fleet
import FleetPages
import FleetProtocol
import Glibc
import HTTP
import HTTPServer
import Merging
import Metrics
import Program

extension Router {
    /// What a coordinator answers.
    ///
    /// - Parameters:
    ///   - isIdle: whether nothing is configured that could be shown.
    ///   - mayReload: whether who asks for it may have the configuration read again.
    static func coordinator(
        _ federation: Federation, _ registry: MetricRegistry, _ fleet: LedFleet?, _ page: FleetPage,
        isIdle: @escaping @Sendable () -> Bool, mayReload: @escaping @Sendable (RoutedRequest) -> Bool
    ) -> Router {
        // As many selectors as the request line has room for.
        var router = Router(parameterLimit: 1 << 19, refusal: Response.refusal)
        router.addFederation { fleet?.answer(to: $0) ?? federation.answer(to: $0) }
        do throws(RouteError) {
            if let fleet {
                try router.addFleet(fleet.service)
                try router.addCounters(fleet.gatherer, for: fleet.service.tokens)
            }
            try router.add(.get, "/metrics") { MetricsAnswer.answer(to: $0, from: registry) }
            try router.add(.get, "/health") { _ in .response(Response(.ok, text: "OK")) }
            try router.add(.get, "/ready") { _ in readiness(of: federation, isIdle: isIdle()) }
            try router.add(.post, "/-/reload") { request in
                guard mayReload(request) else {
                    return .response(.unauthorized(FleetTokens.demand))
                }
                kill(getpid(), SIGHUP)
                return .response(Response(.accepted, text: "reloading"))
            }
            try router.add(page)
        } catch {
            preconditionFailure("\(error)")
        }
        return router
    }

    /// Ready is who has heard of every source once, be it that it fails.
    private static func readiness(of federation: Federation, isIdle: Bool) -> Answer {
        guard !isIdle else { return .response(Response(.serviceUnavailable, text: CoordinatorSettings.idleness)) }
        let waitingFor = federation.waitingFor
        guard !waitingFor.isEmpty else { return .response(Response(.ok, text: "ready")) }
        return .response(
            Response(.serviceUnavailable, text: "waiting for the first of: \(waitingFor.joined(separator: ", "))"))
    }
}
