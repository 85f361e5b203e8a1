import Foundation
import HTTPClient
import TestSupport

/// What coordinators say.
extension ChaosFleet {
    struct Report: Decodable, Sendable {
        let id: String
        let leads: Bool
        let epoch: UInt64?
    }

    struct Status: Decodable, Sendable {
        struct Plan: Decodable, Sendable {
            let epoch: UInt64
            let holder: String
            let revision: UInt64
        }

        struct Shard: Decodable, Sendable {
            let id: String
            let state: String
            let plan: Plan?
        }

        struct Slice: Decodable, Sendable {
            let id: String
            let state: String
            let owner: String?
            let former: String?
        }

        let shards: [Shard]
        let slices: [Slice]
    }

    func get(_ place: Int, _ path: String, within limit: Duration = .seconds(5)) async throws -> (Int, [UInt8]) {
        try await client.get("http://\(addresses[place])\(path)", within: limit)
    }

    func report(_ place: Int) async -> Report? {
        guard let (status, body) = try? await get(place, "/api/v1/leader", within: .milliseconds(500)), status == 200
        else { return nil }
        return try? JSONDecoder().decode(Report.self, from: Data(body))
    }

    func status(_ place: Int) async -> Status? {
        guard let (status, body) = try? await get(place, "/api/v1/fleet"), status == 200 else { return nil }
        return try? JSONDecoder().decode(Status.self, from: Data(body))
    }

    /// The sum of a coordinator's figure over all its labels.
    func figure(_ place: Int, _ name: String) async -> Double? {
        guard let (status, body) = try? await get(place, "/metrics"), status == 200 else { return nil }
        var reader = SampleReader()
        let values = reader.read(body).values.filter { $0.key.prefix { $0 != "{" } == name }.values
        return values.isEmpty ? nil : values.reduce(0, +)
    }

    func leader() async -> Int? {
        for place in addresses.indices where await report(place)?.leads == true { return place }
        return nil
    }

    /// Waits until somebody leads, all slices are served, and every coordinator that runs shows the same.
    ///
    /// - Returns: who leads, and the series that are shown.
    func settle() async throws -> (leader: Int, series: Set<String>) {
        var found: (Int, Set<String>)?
        let isSettled = await eventually(within: .seconds(60)) {
            guard let place = await leader(), let status = await status(place), !status.slices.isEmpty,
                status.slices.allSatisfy({ $0.state == "serving" && $0.former == nil })
            else { return false }
            var shown: [Set<String>] = []
            for place in addresses.indices where coordinators[place].isRunning {
                guard let (code, body) = try? await get(place, Client.path), code == 200 else { return false }
                shown.append(Client.series(in: body))
            }
            guard let first = shown.first, first.count > 100, shown.allSatisfy({ $0 == first }) else { return false }
            found = (place, first)
            return true
        }
        guard isSettled, let found else {
            let words = (coordinators + shards.map(\.process)).map { $0.standardError.suffix(1000) }
            throw Unsettled(description: "the fleet didn't settle:\n" + words.joined(separator: "\n"))
        }
        return found
    }
}

extension HTTPClient {
    func get(_ url: String, within limit: Duration) async throws -> (Int, [UInt8]) {
        try await send(.get, url, within: limit)
    }

    func post(_ url: String, _ body: String = "") async throws {
        _ = try await send(.post, url, Array(body.utf8), within: .seconds(5))
    }

    private func send(
        _ method: Method, _ url: String, _ body: [UInt8]? = nil, within limit: Duration
    ) async throws -> (Int, [UInt8]) {
        var request = try Request(method, url, body: body)
        request.deadlines = .init(connect: limit, total: limit)
        let response = try await send(request)
        return (response.status, try await response.body.collect(upTo: 64 << 20))
    }
}
