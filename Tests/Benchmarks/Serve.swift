import Glibc
import HTTP
import HTTPServer

/// The server under measurement, in a process of its own: `benchmarks serve --body 8192`. Ends with its input.
struct Serve {
    private let body: Int

    init(_ arguments: ArraySlice<String>) {
        let size = arguments.firstIndex(of: "--body").map { arguments[arguments.index(after: $0)] }
        body = size.flatMap { Int($0) } ?? 8192
    }

    func run() async throws {
        var router = Router()
        let prepared = PreparedResponse(
            .ok, ["Content-Type": "text/plain"], body: [UInt8](repeating: UInt8(ascii: "x"), count: body))
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
    }
}
