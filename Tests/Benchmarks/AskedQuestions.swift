import HTTPClient

/// What a simulated cluster was asked since it was told to forget.
struct AskedQuestions: Decodable {
    let endpoints: [String: Endpoint]
    let heavyInFlight: InFlight
    /// One by one, the last thousand.
    let last: [Question]

    struct Endpoint: Decodable {
        let requests: Int
        let inFlight: InFlight
    }

    struct InFlight: Decodable {
        let most: Int
    }

    /// Times are Unix times in seconds.
    struct Question: Decodable {
        let endpoint: String
        let begin: Double
    }

    func count(of endpoint: String) -> Int { endpoints[endpoint]?.requests ?? 0 }

    /// How many questions of one kind there were at once, at most.
    var mostAtOnce: Int { max(heavyInFlight.most, endpoints.values.map(\.inFlight.most).max() ?? 0) }

    /// What is asked more often than by somebody else in the same time, or beside another like it. One question more is
    /// what the window's ends make.
    func excess(over reference: AskedQuestions) -> [String] {
        let frequent = endpoints.keys.filter { count(of: $0) > reference.count(of: $0) + 1 }.sorted()
        return frequent.map { "\($0) \(count(of: $0)) times for \(reference.count(of: $0))" }
            + (mostAtOnce > 1 ? ["\(mostAtOnce) at once"] : [])
    }
}

extension SimulatedSlurm {
    /// What is asked of it while something goes on.
    func questions(during body: () async throws -> Void) async throws -> AskedQuestions {
        let (client, url) = (try HTTPClient(), "http://127.0.0.1:\(port)/simulator/requests")
        _ = try await client.send(.init(.delete, url)).body.collect(upTo: 1 << 20)
        try await body()
        return try await client.document(AskedQuestions.self, at: url)
    }
}
