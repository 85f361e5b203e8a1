import Glibc
import HTTP
import HTTPServer

// The server under measurement: `benchmark-server 8192` serves that many bytes on a free port, which it prints, and ends
// with its input. A program of its own, since what other benchmarks import would count as its memory.
let body = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 8192
let prepared = PreparedResponse(
    .ok, ["Content-Type": "text/plain"], body: [UInt8](repeating: UInt8(ascii: "x"), count: body))

var router = Router()
try router.add(.get, "/body") { _ in .prepared(prepared) }

var limits = HTTPServer.Limits()
limits.connections = 16_384
limits.headTime = .seconds(600)
limits.idleTime = .seconds(600)

let server = try HTTPServer(on: [ListenAddress("127.0.0.1:0")], limits: limits, responder: router)
print(server.addresses[0].port ?? 0)
fflush(nil)
while getchar() != EOF {}
await server.stop(within: .seconds(1))
