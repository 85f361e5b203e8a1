import TestSupport
import Testing

/// Clients that mean no good are turned away, and nobody else notices.
struct HostileInputTests {
    @Test(arguments: [
        "\u{1}\u{2}\u{3}\r\n\r\n", "GET /metrics\r\n\r\n", "GET /metrics HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /metrics HTTP/1.1\r\n\r\n", "POST /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "GET /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET /metrics?collect[]=nobody HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /metrics?cluster=x%00 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /snapshots/../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /snapshots/%2e%2e HTTP/1.1\r\nHost: a\r\n\r\n",
        "DELETE /metrics HTTP/1.1\r\nHost: a\r\n\r\n", "GET /-/reload HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /\(String(repeating: "a", count: 100_000)) HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /metrics HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: 100_000))\r\n\r\n",
    ])
    func isAnsweredByAnErrorOrNotAtAll(request: String) async throws {
        let shard = try await RunningShard()
        let client = try shard.client()
        // The server may have closed before all is sent.
        try? await client.send(request)
        client.endSending()
        let answer = (try? await client.rest()) ?? ""
        #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(answer.prefix(200))")
        let scrape = try await shard.scrape()
        #expect(scrape["slurm_exporter_up"] == 0)
        let refused =
            (scrape["slurm_exporter_http_requests_rejected_total"] ?? 0)
            + scrape.series("slurm_exporter_http_requests_total").filter { $0.key["status"]?.hasPrefix("4") == true }
            .values
            .reduce(0, +)
        #expect(refused >= 1)
    }

    @Test func scrapesGoOnBesideClientsThatNeverEnd() async throws {
        let simulator = try await RunningSimulator()
        let shard = try await RunningShard(of: simulator, ClusterConfiguration.terse)
        var clients: [RawClient] = []
        for number in 0..<50 {
            let client = try shard.client()
            try await client.send(number % 2 == 0 ? "GET /metr" : "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n")
            clients.append(client)
        }
        for _ in 1...10 { #expect(try await shard.scrape()["slurm_exporter_up"] == 1) }
        withExtendedLifetime(clients) {}
    }
}
