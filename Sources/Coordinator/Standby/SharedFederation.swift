public import Federation
import HTTP
public import HTTPClient
public import HTTPServer
public import Merging
public import ServiceRuntime

/// `/federate` of a fleet that several coordinators share: each answers, the leader's answer first. Where the leader has none,
/// the answer is made of a copy that is no older than two seconds.
public struct SharedFederation: Sendable {
    private let federation: Federation
    private let gatherer: FleetGatherer
    private let leadership: any Leadership
    private let relay: LeaderRelay
    private let clock: MonotonicClock

    private static let age = Duration.seconds(2)
    /// Who leads asks all shards every second, and has an older copy only when it has just taken over.
    private static let leadersAge = Duration.seconds(5)
    /// How long somebody waits for such a copy, which has to be fetched and merged.
    private static let patience = Duration.seconds(4)
    /// After which time without the leader's answer the copy is made beside it.
    private static let lead = Duration.milliseconds(300)

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
        if leadership.leads, gatherer.isCurrent(to: Self.leadersAge) {
            return federation.answer(to: request, source: "leader")
        }
        return .work { writer in
            if leadership.leads {
                return try await answer(request, "leader", noOlderThan: Self.leadersAge, writer)
            }
            if !request.isRelayed, let leader = leadership.leaderURL,
                let response = await relayed(request, from: leader)
            {
                return writer.respond(response)
            }
            try await answer(request, "own", noOlderThan: Self.age, writer)
        }
    }

    /// - Returns: nil where the leader has no answer in time; by then a copy is no longer far.
    private func relayed(_ request: RoutedRequest, from leader: String) async -> Response? {
        let gathering = Task {
            try await clock.sleep(until: clock.now + Self.lead)
            await gatherer.refresh(to: Self.age, within: Self.patience)
        }
        defer { gathering.cancel() }
        return await relay.answer(to: request, from: leader)
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
