import Foundation
import SimulatedCluster
import Testing

@testable import SimulatedREST

/// Clusters and questions that the tests share.
enum Asking {
    /// With the menagerie: every oddity is in it.
    static let cluster: Cluster = {
        var parameters = Parameters()
        parameters.nodes = 16
        parameters.jobs = 24
        parameters.endedJobs = 160
        var simulation = Simulation(parameters)
        simulation.run(steps: 30)
        return simulation.cluster
    }()

    static let endpoints: [Endpoint] =
        [.openAPI, .job("999999999"), .node("no-such-node"), .partition("no-such"), .reservation("no-such")]
        + Endpoint.controllerPaths.map { $0.endpoint }.filter { !"\($0)".contains("{") }
        + Endpoint.accountingPaths.filter { !$0.path.contains("{") }.map { .accounting($0.endpoint) }

    static func answer(
        _ version: APIVersion, _ endpoint: Endpoint, _ query: [QueryItem] = [], release: Release? = nil,
        style: JSONStyle? = nil
    ) -> Answer {
        Service(release: release, style: style).answer(to: Request(version, endpoint, query: query), from: cluster)
    }

    /// The document of an answer, parsed.
    static func document(
        _ version: APIVersion, _ endpoint: Endpoint, _ query: [QueryItem] = [], release: Release? = nil
    ) throws -> [String: Any] {
        let answer = answer(version, endpoint, query, release: release)
        return try #require(try parse(answer.body.text) as? [String: Any])
    }

    static func list(_ key: String, _ version: APIVersion, _ endpoint: Endpoint, _ query: [QueryItem] = []) throws
        -> [[String: Any]]
    {
        try #require(try document(version, endpoint, query)[key] as? [[String: Any]])
    }

    /// Bare infinities of old servers and bytes that are no UTF-8 are meant, and no JSON.
    static func parse(_ bytes: [UInt8]) throws -> Any {
        let text = String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: "Infinity", with: "1e300")
        return try JSONSerialization.jsonObject(with: Data(text.utf8))
    }
}

extension Body {
    /// Everything that is left, in pieces of a size.
    func text(inPiecesOf size: Int) -> [UInt8] {
        var rest = self
        var all: [UInt8] = []
        var isOpen = true
        while isOpen {
            var piece: [UInt8] = []
            isOpen = rest.write(into: &piece, upTo: size)
            all += piece
        }
        return all
    }

    var text: [UInt8] { text(inPiecesOf: 1 << 20) }
}

extension Answer {
    func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }
}
