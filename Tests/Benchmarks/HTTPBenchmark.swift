extension Benchmark {
    /// The server beside nginx, with idle connections, and with clients that send their heads a byte a second.
    static let http = Benchmark(name: "http") {
        try HTTPBenchmark.throughput()
        try HTTPBenchmark.idleConnections()
        try await HTTPBenchmark.slowHeads()
    }
}

enum HTTPBenchmark {
    private struct Ours {
        let program: Program
        let port: Int

        init(body: Int) throws {
            program = try Program(Program.beside("benchmark-server"), ["\(body)"])
            port = Int(program.line()) ?? 0
        }
    }

    static func throughput() throws {
        var table = Table(
            "body", "ours req/s", "nginx req/s", "ratio", "wanted", "ours p99 ms", "nginx p99 ms", "ours peak MiB")
        for (body, wanted) in [(8192, 1.0), (1 << 20, 0.8)] {
            let (ours, nginx) = (try Ours(body: body), try Nginx(body: body))
            var runs: (ours: [Wrk], nginx: [Wrk]) = ([], [])
            for _ in 0..<3 {
                runs.ours.append(try Wrk(port: ours.port, connections: 50, seconds: 3))
                runs.nginx.append(try Wrk(port: nginx.port, connections: 50, seconds: 3))
            }
            let rates = (median(runs.ours.map(\.requestsPerSecond)), median(runs.nginx.map(\.requestsPerSecond)))
            table.add(
                "\(body)", rounded(rates.0), rounded(rates.1), rounded(rates.0 / rates.1, digits: 2), "\(wanted)",
                rounded(median(runs.ours.map(\.percentile99)), digits: 2),
                rounded(median(runs.nginx.map(\.percentile99)), digits: 2), rounded(ours.program.memory.peak, digits: 1)
            )
        }
        table.print()
    }

    static func idleConnections() throws {
        var table = Table("idle connections", "held", "MiB before", "MiB now", "wanted")
        let ours = try Ours(body: 8192)
        _ = try Wrk(port: ours.port, connections: 50, seconds: 2)
        let before = ours.program.memory.now
        let crowd = try Crowd(10_000, at: ours.port)
        _ = try Wrk(port: ours.port, connections: 50, seconds: 2)
        table.add(
            "\(crowd.sockets.count)", "\(crowd.held)", rounded(before, digits: 1),
            rounded(ours.program.memory.now, digits: 1), "16")
        table.print()
    }

    static func slowHeads() async throws {
        var table = Table("slow clients", "quiet p99 ms", "p99 ms", "ratio", "wanted", "still open", "MiB")
        let ours = try Ours(body: 8192)
        let quiet = median(try (0..<3).map { _ in try Wrk(port: ours.port, connections: 1, seconds: 3).percentile99 })
        let crowd = try Crowd(2000, at: ours.port)
        nonisolated(unsafe) let dripping = crowd
        async let drips: Void = Task.detached { dripping.drip(for: 14) }.value
        let disturbed = median(
            try (0..<3).map { _ in try Wrk(port: ours.port, connections: 1, seconds: 4).percentile99 })
        await drips
        table.add(
            "\(crowd.sockets.count)", rounded(quiet, digits: 3), rounded(disturbed, digits: 3),
            rounded(disturbed / quiet, digits: 2), "3", "\(crowd.held)", rounded(ours.program.memory.now, digits: 1))
        table.print()
    }
}
