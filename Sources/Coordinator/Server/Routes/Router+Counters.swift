import Fleet
import FleetProtocol
import HTTP
import HTTPServer
import Merging
import SnapshotFormat

extension Router {
    /// `GET /api/v1/slices/{id}/counters`: what whoever takes a slice over counts on, as a snapshot document with nothing
    /// but states.
    mutating func addCounters(_ gatherer: FleetGatherer, for tokens: FleetTokens) throws(RouteError) {
        try addGuarded(.get, "/api/v1/slices/{id}/counters", tokens) { request in
            let slice = request.parameters["id"]
            guard let document = gatherer.counters(of: slice) else {
                return .problem(.notFound, "no counters of '\(slice)' are known")
            }
            return .work { writer in
                writer.start(.ok, ["Content-Type": "application/x-ndjson; charset=utf-8"])
                var lines = SnapshotWriter(document)
                while let bytes = lines.next() { try await writer.write(bytes) }
            }
        }
    }
}
