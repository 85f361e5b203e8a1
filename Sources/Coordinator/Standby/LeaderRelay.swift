import Federation
import HTTP
import HTTPClient
import HTTPServer
import Locks
import Merging
import ServiceRuntime

/// Passes requests on to the leader, for as long as that is quick. An answer is whole before anything of it is shown, so that
/// a leader that dies in the middle of it leaves nothing half done.
struct LeaderRelay: Sendable {
    private let client: HTTPClient
    private let clock: MonotonicClock
    private let patience: AnswerPatience
    /// After a failure the leader isn't asked for a while: whoever comes next need not wait, too.
    private let doubtedUntil = Locked<MonotonicClock.Instant?>(nil)

    /// Tells a coordinator that it is asked by another one, and so is to answer itself.
    static let field = "X-Slurm-Federate-Relayed"
    /// How many milliseconds ago the other one has shown what wasn't this leader's: nothing older is to be shown after it.
    static let ageField = "X-Slurm-Federate-Age"
    private static let limit = 256 << 20

    init(_ patience: AnswerPatience, clock: MonotonicClock) throws(HTTPClientError) {
        client = try HTTPClient()
        self.patience = patience
        self.clock = clock
    }

    /// - Returns: nil where the leader has no answer, or not in time.
    func answer(
        to request: RoutedRequest, from leader: String, noOlderThan age: Duration? = nil
    ) async -> Response? {
        let now = clock.now
        guard doubtedUntil.withLock({ $0.map { $0 <= now } ?? true }) else { return nil }
        do {
            guard let response = try await ask(request, leader, age) else { return nil }
            doubtedUntil.withLock { $0 = nil }
            return response
        } catch {
            let failed = clock.now
            doubtedUntil.withLock { $0 = failed + patience.doubt }
            return nil
        }
    }

    private func ask(_ request: RoutedRequest, _ leader: String, _ age: Duration?) async throws -> Response? {
        let query = request.target.query.map { "?" + $0 } ?? ""
        var asked = try HTTPClient.Request(.get, leader + "/federate" + query, fields: fields(of: request, age))
        asked.deadlines = .init(
            connect: patience.headStart, firstByte: patience.leader.begins, stall: patience.leader.begins / 2,
            total: patience.leader.ends)
        asked.limit = Self.limit
        // As the client has asked for it, it gets it.
        asked.gzip = false
        let response = try await client.send(asked)
        let body = try await response.body.collect(upTo: Self.limit)
        guard let status = HTTPStatus(code: response.status), [.ok, .notModified, .badRequest].contains(status) else {
            return nil
        }
        var shown = HTTPFields()
        for name in ["Content-Type", "Content-Encoding", "ETag", "Vary", "X-Content-Type-Options"] {
            if let value = response.fields[name] { shown.set(name, value) }
        }
        shown.set(Federation.sourceField, "leader")
        return Response(status, shown, pieces: body.isEmpty ? [] : [body])
    }

    private func fields(of request: RoutedRequest, _ age: Duration?) -> [(name: String, value: String)] {
        let passed = ["Accept", "Accept-Encoding", "If-None-Match"].compactMap { name in
            request.fields.combined(name).map { (name: name, value: $0) }
        }
        let known = age.map { (name: Self.ageField, value: "\(Int64($0 / .milliseconds(1)))") }
        return passed + [(name: Self.field, value: "1")] + [known].compactMap(\.self)
    }
}
