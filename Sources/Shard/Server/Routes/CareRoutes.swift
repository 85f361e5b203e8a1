import FleetProtocol
import Glibc
import HTTP
import HTTPServer

extension Router {
    /// What those who look after a shard ask for, whether it works on its own or for a fleet.
    ///
    /// - Parameters:
    ///   - readiness: whether it has something to show.
    ///   - configuration: what holds, without secrets.
    mutating func addCare(
        for workload: any Workload, readiness: @escaping @Sendable () -> Answer,
        configuration: @escaping @Sendable () -> String
    ) throws(RouteError) {
        try add(.get, "/health") { _ in .response(Response(.ok, text: "OK")) }
        try add(.get, "/ready") { _ in readiness() }
        try addDebugging(of: workload, configuration: configuration)
    }

    /// - Parameter isAllowed: whether who asks may.
    mutating func addReload(_ isAllowed: @escaping @Sendable (RoutedRequest) -> Bool) throws(RouteError) {
        try add(.post, "/-/reload") { request in
            guard isAllowed(request) else {
                return .response(.unauthorized(FleetTokens.demand))
            }
            kill(getpid(), SIGHUP)
            return .response(Response(.accepted, text: "reloading"))
        }
    }
}
