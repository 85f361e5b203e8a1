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

    private static let age = Duration.seconds(2)
    /// How long somebody waits for such a copy, which has to be fetched and merged.
    private static let patience = Duration.seconds(4)

    public init(
        _ federation: Federation, _ gatherer: FleetGatherer, _ leadership: any Leadership,
        clock: MonotonicClock = .system
    ) throws(HTTPClientError) {
        self.federation = federation
        self.gatherer = gatherer
        self.leadership = leadership
        relay = try LeaderRelay(clock: clock)
    }

    public func answer(to request: RoutedRequest) -> Answer {
        if leadership.leads { return federation.answer(to: request, source: "leader") }
        return .work { writer in
            if !request.isRelayed, let leader = leadership.leaderURL,
                let response = await relay.answer(to: request, from: leader)
            {
                return writer.respond(response)
            }
            await gatherer.refresh(to: Self.age, within: Self.patience)
            switch federation.answer(to: request, source: "own") {
            case .response(let response): writer.respond(response)
            case .work(_, let work): try await work(writer)
            case .prepared: preconditionFailure("no answer of the federation is the same for all")
            }
        }
    }
}

extension RoutedRequest {
    fileprivate var isRelayed: Bool { request.fields.combined(LeaderRelay.field) != nil }
}
