public import Federation
import HTTP
public import HTTPClient
public import HTTPServer
import Locks
public import Merging
public import ServiceRuntime

/// `/federate` of a fleet that several coordinators share: each answers, the leader's answer first. Where the leader has none,
/// the answer is made of a copy that is no older than two seconds. Whoever answers next has asked the shards since, so that
/// no counter goes back.
public struct SharedFederation: Sendable {
    private let federation: Federation
    private let gatherer: FleetGatherer
    private let leadership: any Leadership
    private let relay: LeaderRelay
    private let clock: MonotonicClock
    /// When the leader answered last.
    private let relayed = Locked<MonotonicClock.Instant?>(nil)

    private static let age = Duration.seconds(2)
    /// Who leads asks all shards every second, and has an older copy only when it has just taken over; what it has from before
    /// may be older than what its predecessor has shown.
    private static let leadersAge = Duration.seconds(5)
    /// How long somebody waits for such a copy, which has to be fetched and merged.
    private static let patience = Duration.seconds(4)
    /// How long the leader has to answer before a copy is made beside it.
    private static let headStart = Duration.milliseconds(300)

    public init(
        _ federation: Federation, _ gatherer: FleetGatherer, _ leadership: any Leadership,
        clock: MonotonicClock = .system
    ) throws(HTTPClientError) {
        self.federation = federation
        self.gatherer = gatherer
        self.leadership = leadership
        self.clock = clock
        relay = try LeaderRelay(clock: clock)
    }

    public func answer(to request: RoutedRequest) -> Answer {
        if let since = leadership.ledSince, gatherer.isCurrent(to: age(Self.leadersAge, since)) {
            return federation.answer(to: request, source: "leader")
        }
        return .work { writer in
            if let since = leadership.ledSince {
                return try await answer(request, "leader", noOlderThan: age(Self.leadersAge, since), writer)
            }
            if !request.isRelayed, let leader = leadership.leaderURL,
                let response = await relayed(request, from: leader)
            {
                return writer.respond(response)
            }
            try await answer(request, "own", noOlderThan: age(Self.age, relayed.withLock { $0 }), writer)
        }
    }

    /// - Parameter moment: before which somebody else has answered.
    private func age(_ most: Duration, _ moment: MonotonicClock.Instant?) -> Duration {
        let now = clock.now
        return moment.map { min(most, $0.duration(to: now)) } ?? most
    }

    /// - Returns: nil where the leader has no answer in time; by then a copy is no longer far.
    private func relayed(_ request: RoutedRequest, from leader: String) async -> Response? {
        let gathering = Task {
            try await clock.sleep(until: clock.now + Self.headStart)
            await gatherer.refresh(to: Self.age, within: Self.patience)
        }
        defer { gathering.cancel() }
        guard let response = await relay.answer(to: request, from: leader) else { return nil }
        let now = clock.now
        relayed.withLock { $0 = now }
        return response
    }

    private func answer(
        _ request: RoutedRequest, _ source: String, noOlderThan age: Duration, _ writer: ResponseWriter
    ) async throws {
        await gatherer.refresh(to: age, within: Self.patience)
        switch federation.answer(to: request, source: source) {
        case .response(let response): writer.respond(response)
        case .work(_, let work): try await work(writer)
        case .prepared: preconditionFailure("no answer of the federation is the same for all")
        }
    }
}

extension RoutedRequest {
    fileprivate var isRelayed: Bool { request.fields.combined(LeaderRelay.field) != nil }
}
