import HTTP
import HTTPServer
import Locks
import ServiceRuntime
import SimulatedCluster
import SimulatedREST

/// Answers as slurmrestd does, faults included.
struct Slurmrestd: Sendable {
    let slurm: SimulatedSlurm
    let service: SimulatedREST.Service
    let authentication: Authentication
    let messageTimeout: Duration
    let clock: MonotonicClock
    let wall: WallClock
    let journal: Locked<RequestJournal>
    let faults: Locked<FaultPlan<SeededGenerator>>

    init(
        _ settings: SimulatorSettings, _ slurm: SimulatedSlurm, clock: MonotonicClock = .system,
        wall: WallClock = .system
    ) {
        self.slurm = slurm
        self.clock = clock
        self.wall = wall
        service = settings.slurmrestd
        messageTimeout = settings.messageTimeout
        authentication = Authentication(
            token: settings.token, expiry: settings.tokenLifetime.map { clock.now.advanced(by: $0) })
        journal = Locked(RequestJournal())
        faults = Locked(FaultPlan(settings.faults, using: SeededGenerator(seed: settings.cluster.seed)))
    }

    func answer(to request: WebRequest) -> RoutedAnswer {
        let question = Question(request)
        return RoutedAnswer(
            route: question.name.text,
            .work { writer in
                var exchange = SlurmExchange(server: self, question: question, writer: writer)
                try await exchange.run()
            })
    }
}

/// What a client asks.
struct Question: Sendable {
    let method: HTTPMethod
    let fields: HTTPFields
    let hasBody: Bool
    /// slurmrestd takes bodies as they are only, not in chunks or compressed.
    var isBodyEncoded: Bool { fields["Transfer-Encoding"] != nil || fields["Content-Encoding"] != nil }
    let path: String
    let query: String?
    /// Nothing where no version knows the path.
    let request: SimulatedREST.Request?
    let isQueryReadable: Bool

    init(_ request: WebRequest) {
        self.init(
            target: request.target, method: request.method, fields: request.fields, hasBody: !request.body.isEmpty)
    }

    /// Nobody's question: for an answer that goes nowhere.
    init?(target text: String) {
        guard let target = RequestTarget(text) else { return nil }
        self.init(target: target, method: .get, fields: [:], hasBody: false)
    }

    private init(target: RequestTarget, method: HTTPMethod, fields: HTTPFields, hasBody: Bool) {
        self.method = method
        self.fields = fields
        self.hasBody = hasBody
        path = String(target.path.drop { $0 == "/" })
        let segments = (try? RequestPath(target.path))?.segments ?? []
        self.query = target.query
        let query = try? target.query.map { try QueryParameters(parsing: $0) } ?? QueryParameters([])
        isQueryReadable = query != nil
        request = SimulatedREST.Request(
            path: segments.joined(separator: "/"),
            query: query?.parameters.map { QueryItem($0.name, $0.value) } ?? [])
    }

    var name: EndpointName { request.map { EndpointName($0.endpoint) } ?? .unknown }
}
