import Glibc
import HTTP
import HTTPServer
import Metrics
import ServiceRuntime
import Snapshots

// The pages of a shard under measurement: `page-server NODES SECONDS` shows 15 families of that many nodes on a free port,
// which it prints, publishes them anew every so many seconds (0 for once only), and ends with its input. Every publication
// prints a line with its milliseconds.
let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let (nodes, pause) = (arguments.first ?? 10_000, arguments.dropFirst().first ?? 0)

Allocator.returnLargeBlocks()
let registry = MetricRegistry()
let snapshots = Snapshots(SnapshotSettings(), registry: registry)
snapshots.expect([ExpectedCollector("nodes", feeds: [.nodes])], of: "alpha")
var router = Router()
try router.add(.get, "/metrics") { snapshots.metrics(for: $0) }
try router.add(.get, "/snapshots/{slice}") { snapshots.document(for: $0) }
let server = try HTTPServer(on: [ListenAddress("127.0.0.1:0")], responder: router)
let source = NodeSource(nodes: nodes, snapshots)

print(server.addresses[0].port ?? 0)
fflush(nil)
await source.publish(1)
let publishing = Task.detached { [source, pause] in
    for generation: UInt64 in 2... where pause > 0 {
        try await Task.sleep(for: .seconds(pause))
        await source.publish(generation)
    }
}
while getchar() != EOF {}
publishing.cancel()
await server.stop(within: .seconds(1))
