import FleetProtocol
import HTTPClient
import Lease
import Locks
public import ServiceRuntime
import Store

/// Asks the other coordinators how they are, and takes the lead back where this one is to have it.
public final class PeerWatch: Service {
    public let name = "peers"
    private let fleet: FleetService
    private let isWell: @Sendable () -> Bool
    private let logger: Logger
    private let clock: MonotonicClock

    private static let interval = Duration.seconds(1)

    /// - Parameter isWell: whether this coordinator could answer for the fleet.
    public init(
        _ fleet: FleetService, logger: Logger, clock: MonotonicClock = .system, isWell: @escaping @Sendable () -> Bool
    ) {
        self.fleet = fleet
        self.isWell = isWell
        self.logger = logger
        self.clock = clock
    }

    public func start() async throws {}

    public func stop(before deadline: MonotonicClock.Instant) async {}

    public func run() async throws {
        let client = try HTTPClient()
        var failback = Failback()
        while true {
            try await clock.sleep(until: clock.now + Self.interval)
            for other in fleet.others { await ask(other, client) }
            if fleet.keeper.abstains { failback.noteStepDown(at: clock.now) }
            if failback.look(isWell: isWell(), isDue: isSecondaryLeading, at: clock.now), let leader = fleet.leader {
                await takeBack(from: leader, client)
            }
        }
    }

    private var isSecondaryLeading: Bool {
        let settings = fleet.availability
        guard settings.failsBack, settings.mode == .primary, let leader = fleet.leader else { return false }
        return leader.mode == AvailabilitySettings.Mode.secondary.rawValue
    }

    private func ask(_ other: RegisteredCoordinator, _ client: HTTPClient) async {
        let body = try? await send(.get, "\(other.url)/api/v1/leader", client)
        fleet.note(body.flatMap { try? FleetMessage.decode(LeaderReport.self, from: $0) }, of: other.name)
    }

    private func takeBack(from leader: RegisteredCoordinator, _ client: HTTPClient) async {
        logger.info("taking the lead back", ["from": .string(leader.name)])
        do { _ = try await send(.post, "\(leader.url)/api/v1/step-down", client) } catch {
            logger.warning("the leader did not step down", ["error": .string("\(error)")])
        }
    }

    private func send(_ method: HTTPClient.Method, _ url: String, _ client: HTTPClient) async throws -> [UInt8] {
        var fields: [(name: String, value: String)] = []
        if let authorization = try fleet.tokens.authorization { fields.append(("Authorization", authorization)) }
        var request = try HTTPClient.Request(method, url, fields: fields)
        request.deadlines = .init(connect: .milliseconds(500), total: .seconds(1))
        let response = try await client.send(request)
        let body = try await response.body.collect(upTo: 1 << 16)
        guard (200..<300).contains(response.status) else { throw Refused(status: response.status) }
        return body
    }

    private struct Refused: Error, CustomStringConvertible {
        let status: Int

        var description: String { "it answers with \(status)" }
    }
}
