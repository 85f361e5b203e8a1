/// What has been asked since the start or the last reset: counts that are complete, and the last requests one by one.
struct RequestJournal: Sendable {
    /// How many requests are kept one by one.
    static let capacity = 1000

    private(set) var endpoints: [String: EndpointFigures] = [:]
    /// Of those that `EndpointName.isHeavy` names.
    private(set) var heavy = InFlight()
    private(set) var last: [RequestRecord] = []
    private var round = 0

    /// Which request, and since which reset.
    struct Ticket: Sendable {
        fileprivate let endpoint: EndpointName
        fileprivate let round: Int
        fileprivate let path: String
        fileprivate let query: String?
        fileprivate let begin: Double
    }

    /// - Parameter time: Unix time in seconds.
    mutating func begin(_ endpoint: EndpointName, path: String, query: String? = nil, at time: Double) -> Ticket {
        endpoints[endpoint.text, default: EndpointFigures()].inFlight.begin()
        if endpoint.isHeavy { heavy.begin() }
        return Ticket(endpoint: endpoint, round: round, path: path, query: query, begin: time)
    }

    /// - Parameter status: nil where nothing was answered.
    mutating func end(_ ticket: Ticket, status: Int?, bytes: Int, at time: Double) {
        // What began before a reset is still in flight, and is in none of the counts.
        endpoints[ticket.endpoint.text, default: EndpointFigures()].inFlight.end()
        if ticket.endpoint.isHeavy { heavy.end() }
        guard ticket.round == round else { return }
        let record = RequestRecord(
            endpoint: ticket.endpoint.text, path: ticket.path, query: ticket.query, begin: ticket.begin, end: time,
            status: status, bytes: bytes)
        endpoints[ticket.endpoint.text]?.add(record)
        if last.count == Self.capacity { last.removeFirst(Self.capacity / 4) }
        last.append(record)
    }

    /// Forgets all but what is in flight.
    mutating func reset() {
        round += 1
        last = []
        heavy.reset()
        endpoints = endpoints.filter { $0.value.inFlight.now > 0 }.mapValues { figures in
            var inFlight = figures.inFlight
            inFlight.reset()
            return EndpointFigures(inFlight: inFlight)
        }
    }
}

/// How many there are at once.
struct InFlight: Codable, Hashable, Sendable {
    private(set) var now = 0
    private(set) var most = 0

    mutating func begin() {
        now += 1
        most = max(most, now)
    }

    mutating func end() { now -= 1 }

    mutating func reset() { most = now }
}

struct EndpointFigures: Codable, Hashable, Sendable {
    var inFlight = InFlight()
    private(set) var requests = 0
    private(set) var bytes = 0
    private(set) var seconds = 0.0
    /// By status; "none" where nothing was answered.
    private(set) var statuses: [String: Int] = [:]

    init(inFlight: InFlight = InFlight()) {
        self.inFlight = inFlight
    }

    mutating func add(_ record: RequestRecord) {
        requests += 1
        bytes += record.bytes
        seconds += record.end - record.begin
        statuses[record.status.map { "\($0)" } ?? "none", default: 0] += 1
    }
}

/// One request that is over. Times are Unix times in seconds.
struct RequestRecord: Codable, Hashable, Sendable {
    let endpoint: String
    let path: String
    /// As it came; nil without one.
    let query: String?
    let begin: Double
    let end: Double
    let status: Int?
    /// Of the body, as far as it was written.
    let bytes: Int
}
