/// A run of wrk(1).
struct Wrk {
    let requestsPerSecond: Double
    /// In milliseconds.
    let percentile99: Double

    init(port: Int, path: String = "/body", fields: [String] = [], connections: Int, seconds: Int) throws {
        let program = try Program(
            "wrk",
            ["-t1", "-c\(connections)", "-d\(seconds)s", "--latency"] + fields.flatMap { ["-H", $0] }
                + ["http://127.0.0.1:\(port)\(path)"])
        let lines = program.text().split(separator: "\n")
        func word(after name: String) -> Substring? {
            lines.lazy.map { $0.split(separator: " ") }.first { $0.first == name[...] }?.dropFirst().first
        }
        guard let rate = word(after: "Requests/sec:").flatMap({ Double($0) }), let latency = word(after: "99%") else {
            throw Program.Failure(program: "wrk", code: 1)
        }
        if let errors = lines.first(where: { $0.contains("Socket errors") || $0.contains("Non-2xx") }) { print(errors) }
        requestsPerSecond = rate
        percentile99 = Self.milliseconds(latency)
    }

    private static func milliseconds(_ text: Substring) -> Double {
        for (unit, scale) in [("us", 0.001), ("ms", 1), ("s", 1000)] where text.hasSuffix(unit) {
            return (Double(text.dropLast(unit.count)) ?? .nan) * scale
        }
        return .nan
    }
}
