import FoundationEssentials
import HTTP
import HTTPServer
import Locks
import SimulatedCluster

extension Router {
    /// What a simulator answers about itself, and lets itself be told.
    static func control(_ server: Slurmrestd, _ runner: CommandRunner) -> Router {
        var router = Router()
        do throws(RouteError) {
            try router.add(.get, "/") { _ in .prepared(LandingPage.response(for: server)) }
            try router.add(.get, "/simulator/truth") { _ in truth(server.slurm) }
            try router.add(.post, "/simulator/step") { step($0, server.slurm) }
            try router.add(.get, "/simulator/requests") { request in
                defer { if request.query["reset"] != nil { server.journal.withLock { $0.reset() } } }
                return requests(server.journal.withLock { $0 })
            }
            try router.add(.delete, "/simulator/requests") { _ in
                server.journal.withLock { $0.reset() }
                return .response(Response(.noContent, body: []))
            }
            try router.add(.get, "/simulator/faults") { _ in faults(server) }
            try router.add(.post, "/simulator/faults") { setFaults($0, server) }
            try router.add(.delete, "/simulator/faults") { _ in
                server.faults.withLock { $0.replace(with: []) }
                return faults(server)
            }
            try router.add(.post, "/simulator/command") { runner.answer(to: $0.body) }
        } catch {
            preconditionFailure("\(error)")
        }
        return router
    }

    private static func truth(_ slurm: SimulatedSlurm) -> Answer {
        .work { writer in
            writer.start(.ok, ["Content-Type": "application/json"])
            var stream = TruthStream(Truth(slurm.snapshot))
            while let line = try stream.next() { try await writer.write(line) }
        }
    }

    private static func step(_ request: RoutedRequest, _ slurm: SimulatedSlurm) -> Answer {
        guard let count = Int(request.query["count"] ?? "1"), (1...10_000).contains(count) else {
            return .response(Response(.badRequest, text: "400 Bad Request: count is not a number from 1 to 10000"))
        }
        return .json { ["step": slurm.step(count)] }
    }

    private static func requests(_ journal: RequestJournal) -> Answer {
        .json { RequestReport(endpoints: journal.endpoints, heavyInFlight: journal.heavy, last: journal.last) }
    }

    private static func faults(_ server: Slurmrestd) -> Answer {
        let faults = server.faults.withLock { $0.faults.map(\.description) }
        return .json { faults }
    }

    /// Replaces the faults in force.
    private static func setFaults(_ request: RoutedRequest, _ server: Slurmrestd) -> Answer {
        do {
            let texts = try JSONDecoder().decode([String].self, from: Data(request.request.body))
            let parsed = try texts.map { try Fault($0) }
            server.faults.withLock { $0.replace(with: parsed) }
            return faults(server)
        } catch let error as FaultError {
            return .response(Response(.badRequest, text: "400 Bad Request: \(error)"))
        } catch {
            return .response(
                Response(.badRequest, text: #"400 Bad Request: write ["slurm/jobs status=503 count=2"]"#))
        }
    }
}

private struct RequestReport: Encodable, Sendable {
    let endpoints: [String: EndpointFigures]
    let heavyInFlight: InFlight
    let last: [RequestRecord]
}

extension Answer {
    /// Made apart from the connections, since it may be long.
    fileprivate static func json<Value: Encodable & SendableMetatype>(
        _ value: @escaping @Sendable () -> Value
    ) -> Answer {
        .work { writer in
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            let bytes = try Array(encoder.encode(value())) + [UInt8(ascii: "\n")]
            writer.respond(Response(.ok, ["Content-Type": "application/json"], body: bytes))
        }
    }
}
