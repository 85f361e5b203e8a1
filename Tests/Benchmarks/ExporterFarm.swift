import HTTP
import HTTPServer
import Locks

/// Exporters with many series each, whose values change with every request or never.
final class ExporterFarm: Sendable {
    private struct State {
        var isChanging = false
        var requests = 0
    }

    private let servers: [HTTPServer]
    private let state: Locked<State>

    init(count: Int, series: Int) throws {
        let state = Locked(State())
        self.state = state
        servers = try (0..<count).map { shard in
            let bodies = (0..<2).map { Self.body(shard: shard, series: series, seed: $0) }
            var router = Router()
            try router.add(.get, "/metrics") { _ in
                let turn = state.withLock { state in
                    state.requests += 1
                    return state.isChanging ? state.requests / count % 2 : 0
                }
                return .response(Response(.ok, ["Content-Type": "text/plain; version=0.0.4"], body: bodies[turn]))
            }
            return try HTTPServer(on: [.exactly(.ipv4(0x7F00_0001, port: 0))], responder: router)
        }
    }

    var ports: [Int] { servers.map { Int($0.addresses[0].port ?? 0) } }

    var requests: Int { state.withLock { $0.requests } }

    var isChanging: Bool {
        get { state.withLock { $0.isChanging } }
        set { state.withLock { $0.isChanging = newValue } }
    }

    private static func body(shard: Int, series: Int, seed: Int) -> [UInt8] {
        let families = 24
        var text: [UInt8] = []
        for family in 0..<families {
            let name = "slurm_bench_metric_\(family)"
            text += "# HELP \(name) What it means.\n# TYPE \(name) gauge\n".utf8
            for number in 0..<series / families {
                text += "\(name){shard=\"\(shard)\",cluster=\"alpha\",partition=\"gpu\(number % 50)\",".utf8
                text += "user=\"user\(number)\",account=\"project\(number % 97)\",state=\"running\"} ".utf8
                text += number % 4 == 0 ? "\(Double(number + seed) * 1.37)\n".utf8 : "\(number * 7 + seed)\n".utf8
            }
        }
        return text
    }
}
