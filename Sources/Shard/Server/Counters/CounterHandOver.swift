import FleetProtocol
import HTTPClient
import Locks
import ServiceRuntime
import SnapshotFormat

/// Finds out how far a slice's counters have counted, when this shard takes it over: from whoever had it before, and from
/// the coordinators, which remember what they heard of everybody.
struct CounterHandOver: Sendable {
    private let coordinators: [String]
    private let tokens: FleetTokens
    private let client: HTTPClient
    private let logger: Logger

    /// What is slower than that is done without: the slice can't show anything before.
    private static let patience = Duration.seconds(5)

    init(coordinators: [String], tokens: FleetTokens, client: HTTPClient, logger: Logger) {
        self.coordinators = coordinators
        self.tokens = tokens
        self.client = client
        self.logger = logger
    }

    /// - Parameter former: the shard that has it still; nil for nobody.
    /// - Returns: all that was found, some of it older than the rest.
    func counters(of slice: Slice, from former: PlannedShard?) async -> [CountingState] {
        let addresses =
            (former.map { ["\($0.url)/snapshots/\(slice.id)"] } ?? [])
            + coordinators.map { "\($0)/api/v1/slices/\(slice.id)/counters" }
        return await withTaskGroup(of: [CountingState].self) { group in
            for address in addresses { group.addTask { await states(at: address, slice) } }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }

    private func states(at address: String, _ slice: Slice) async -> [CountingState] {
        do {
            return try await document(at: address)?.states.filter { $0.cluster == slice.cluster } ?? []
        } catch {
            logger.warning(
                "counters not found",
                ["slice": .string(slice.id), "at": .string(address), "error": .string("\(error)")])
            return []
        }
    }

    /// - Returns: nil where nothing is known of the slice.
    private func document(at address: String) async throws -> SnapshotDocument? {
        let authorization = try tokens.authorization.map { [(name: "Authorization", value: $0)] }
        var request = try HTTPClient.Request(.get, address, fields: authorization ?? [])
        request.limit = Self.mostBytes
        request.deadlines = .init(connect: .seconds(2), total: Self.patience)
        let response = try await client.send(request)
        if response.status == 404 { return nil }
        guard response.status == 200 else { throw Unexpected(status: response.status) }
        var reader = SnapshotReader()
        while let bytes = try await response.body.next() { try reader.read(bytes.span) }
        return try reader.finish()
    }

    private static let mostBytes = 4 << 30

    private struct Unexpected: Error, CustomStringConvertible {
        let status: Int

        var description: String { "answers with \(status)" }
    }
}

/// Says when a slice has the counters that it goes on from, be it that there are none.
final class CounterArrival: Sendable {
    private let state = Locked(false)

    var areHere: Bool { state.withLock { $0 } }

    func haveCome() {
        state.withLock { $0 = true }
    }

    func come() async throws {
        let clock = MonotonicClock.system
        while !areHere { try await clock.sleep(until: clock.now.advanced(by: .milliseconds(50))) }
    }
}
