public import Federation
import HTTP
public import HTTPClient
public import HTTPServer
import Locks
public import Merging
public import ServiceRuntime

/// `/federate` of a fleet that several coordinators share: each answers, the leader's answer first. Where the leader has none,
/// the answer is made of a copy of its own. Whoever answers next has asked the shards since, and shows nothing of those that
/// didn't answer, so that no counter goes back.
public struct SharedFederation: Sendable {
    private let federation: Federation
    private let gatherer: FleetGatherer
    private let leadership: any Leadership
    private let relay: LeaderRelay
    private let clock: MonotonicClock
    private let patience: AnswerPatience
    /// Which leader answered last, and when.
    private let relayed = Locked<(leader: String, at: MonotonicClock.Instant)?>(nil)
    /// When an answer was made of the copy here while somebody else may have led.
    private let answered = Locked<MonotonicClock.Instant?>(nil)

    public init(
        _ federation: Federation, _ gatherer: FleetGatherer, _ leadership: any Leadership,
        patience: AnswerPatience = AnswerPatience(), clock: MonotonicClock = .system
    ) throws(HTTPClientError) {
        self.federation = federation
        self.gatherer = gatherer
        self.leadership = leadership
        self.patience = patience
        self.clock = clock
        relay = try LeaderRelay(patience, clock: clock)
    }

    public func answer(to request: RoutedRequest) -> Answer {
        if let since = leadership.ledSince,
            gatherer.isCurrent(to: leadersAge(since, request), nothingHeardBefore: othersEnd(since, request))
        {
            return federation.answer(to: request, source: "leader")
        }
        let deadline = clock.now + patience.answer
        return .work { writer in
            if let since = leadership.ledSince {
                await gatherer.refresh(
                    to: leadersAge(since, request), nothingHeardBefore: othersEnd(since, request), before: deadline)
                return try await answer(request, "leader", writer)
            }
            if !request.isRelayed, let leader = leadership.leaderURL,
                let response = await relayed(request, from: leader, before: deadline)
            {
                return writer.respond(response)
            }
            let age = age(patience.copy, relayed.withLock { $0 }?.at)
            await copy(to: min(age, request.wantedAge ?? age), before: deadline)
            if federation.waitingFor.isEmpty { answered.withLock { $0 = clock.now } }
            try await answer(request, "own", writer)
        }
    }

    /// A leader's copy is from its own term, and no older than what the one that passes a request on has shown.
    private func leadersAge(_ since: MonotonicClock.Instant, _ request: RoutedRequest) -> Duration {
        let most = age(patience.leadersCopy, since)
        return request.wantedAge.map { min(most, $0) } ?? most
    }

    /// Until when somebody else has answered, as far as a leader knows: another leader before its term, and the one that
    /// passes a request on; nil where there is nobody else.
    private func othersEnd(_ since: MonotonicClock.Instant, _ request: RoutedRequest) -> MonotonicClock.Instant? {
        guard leadership.isElected else { return nil }
        let now = clock.now
        return request.wantedAge.map { max(since, now.advanced(by: .zero - $0)) } ?? since
    }

    /// Until then the leader may have answered.
    private func copy(to age: Duration, before deadline: MonotonicClock.Instant) async {
        let moment = leadership.isElected ? clock.now.advanced(by: .zero - age) : nil
        await gatherer.refresh(to: age, nothingHeardBefore: moment, before: deadline)
    }

    /// - Parameter moment: before which somebody else has answered.
    private func age(_ most: Duration, _ moment: MonotonicClock.Instant?) -> Duration {
        let now = clock.now
        return moment.map { min(most, $0.duration(to: now)) } ?? most
    }

    /// - Returns: nil where the leader has no answer in time; by then a copy is no longer far.
    private func relayed(
        _ request: RoutedRequest, from leader: String, before deadline: MonotonicClock.Instant
    ) async -> Response? {
        let gathering = Task {
            try await clock.sleep(until: clock.now + patience.headStart)
            await copy(to: patience.copy, before: deadline)
        }
        defer { gathering.cancel() }
        let shown = shown(withoutAsking: leader)?.duration(to: clock.now)
        guard let response = await relay.answer(to: request, from: leader, noOlderThan: shown) else { return nil }
        let now = clock.now
        relayed.withLock { $0 = (leader, now) }
        return response
    }

    /// When something was shown last that this leader doesn't know of: an answer made here, or another leader's, who may
    /// have gone on for a moment by a store that is no longer in its place.
    private func shown(withoutAsking leader: String) -> MonotonicClock.Instant? {
        let others = relayed.withLock { $0.flatMap { $0.leader == leader ? nil : $0.at } }
        return [answered.withLock { $0 }, others].compactMap(\.self).max()
    }

    private func answer(_ request: RoutedRequest, _ source: String, _ writer: ResponseWriter) async throws {
        switch federation.answer(to: request, source: source) {
        case .response(let response): writer.respond(response)
        case .work(_, let work): try await work(writer)
        case .prepared: preconditionFailure("no answer of the federation is the same for all")
        }
    }
}

extension RoutedRequest {
    fileprivate var isRelayed: Bool { request.fields.combined(LeaderRelay.field) != nil }

    fileprivate var wantedAge: Duration? {
        request.fields.combined(LeaderRelay.ageField).flatMap { UInt32($0) }.map { .milliseconds($0) }
    }
}
