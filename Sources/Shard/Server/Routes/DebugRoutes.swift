import FoundationEssentials
import HTTP
import HTTPServer
import ServiceRuntime
import Snapshots
import Upstreams

extension Router {
    /// What a person who looks for a fault wants to see. User and job names are in it, so it is for this host only.
    mutating func addDebugging(
        of workload: any Workload, configuration: @escaping @Sendable () -> String
    ) throws(RouteError) {
        try add(.get, "/debug/", loopbackOnly: true) { _ in .prepared(debugPage) }
        try add(.get, "/debug/upstreams", loopbackOnly: true) { _ in .json(workload.upstreams.map(\.status)) }
        try add(.get, "/debug/collectors", loopbackOnly: true) { _ in
            .json(workload.shown.flatMap { shown in shown.states.map { CollectorReport($0, of: shown.slice) } })
        }
        try add(.get, "/debug/configuration", loopbackOnly: true) { _ in
            .response(Response(.ok, text: configuration()))
        }
    }
}

extension Answer {
    fileprivate static func json(_ value: some Encodable) -> Answer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let body = try? encoder.encode(value) else { return .response(Response(.internalServerError)) }
        return .response(Response(.ok, ["Content-Type": "application/json"], body: Array(body) + [UInt8(ascii: "\n")]))
    }
}

private let debugPage = PreparedResponse(
    .ok, ["Content-Type": "text/html; charset=utf-8"],
    body: Array(
        """
        <!doctype html>
        <html lang="en">
        <title>Slurm exporter shard: debugging</title>
        <h1>Debugging</h1>
        <ul>
        <li><a href="upstreams">Upstreams</a>: where Slurm is asked, when, and what went wrong last</li>
        <li><a href="collectors">Collectors</a>: what is shown, and how old it is</li>
        <li><a href="configuration">Configuration</a>: what holds, without secrets</li>
        </ul>
        </html>

        """.utf8))
