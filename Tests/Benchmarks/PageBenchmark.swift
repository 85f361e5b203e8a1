import Glibc

extension Benchmark {
    /// A shard's page of 10,000 nodes beside nginx with as many bytes, at rest and while it is published anew.
    static let page = Benchmark(name: "page") { try PageBenchmark.scrapes() }

    /// What it takes to publish such a page.
    static let publication = Benchmark(name: "publication") { try PageBenchmark.publications() }
}

enum PageBenchmark {
    private static let nodes = 10_000
    private static let openMetrics = "Accept: application/openmetrics-text;version=1.0.0"
    private static let gzip = "Accept-Encoding: gzip"
    private static let forms: [(name: String, fields: [String])] = [
        ("text", []), ("text, gzip", [gzip]), ("OpenMetrics", [openMetrics]),
        ("OpenMetrics, gzip", [openMetrics, gzip]),
    ]

    private struct Shard {
        let program: Program
        let port: Int

        init(pause: Int) throws {
            program = try Program(Program.beside("page-server"), ["\(nodes)", "\(pause)"])
            port = Int(program.line()) ?? 0
            _ = program.line()
        }

        /// - Returns: how many bytes come, and in how many milliseconds.
        func fetch(_ fields: [String]) throws -> (bytes: Int, milliseconds: Double) {
            let options = fields.flatMap { ["-H", $0] }
            let curl = try Program(
                "curl",
                ["-s", "-o", "/dev/null", "-w", "%{size_download} %{time_total}"] + options
                    + ["http://127.0.0.1:\(port)/metrics"])
            let words = curl.text().split(separator: " ")
            return (Int(words.first ?? "") ?? 0, (Double(words.last ?? "") ?? .nan) * 1000)
        }
    }

    static func scrapes() throws {
        var table = Table(
            "form", "bytes", "first ms", "next ms", "req/s", "nginx req/s", "p99 ms", "nginx p99 ms", "ratio", "wanted",
            "while publishing", "wanted")
        for form in [forms[0], forms[3]] {
            let (shard, busy) = (try Shard(pause: 0), try Shard(pause: 2))
            let (first, next) = (try shard.fetch(form.fields), try shard.fetch(form.fields))
            _ = try busy.fetch(form.fields)
            let nginx = try Nginx(body: next.bytes)
            var runs: (ours: [Wrk], busy: [Wrk], nginx: [Wrk]) = ([], [], [])
            for _ in 0..<3 {
                runs.ours.append(try wrk(shard, form.fields))
                runs.busy.append(try wrk(busy, form.fields))
                runs.nginx.append(try Wrk(port: nginx.port, connections: 50, seconds: 3))
            }
            let (ours, theirs) = (median(runs.ours.map(\.percentile99)), median(runs.nginx.map(\.percentile99)))
            table.add(
                form.name, "\(next.bytes)", rounded(first.milliseconds, digits: 1),
                rounded(next.milliseconds, digits: 1),
                rounded(median(runs.ours.map(\.requestsPerSecond)), digits: 1),
                rounded(median(runs.nginx.map(\.requestsPerSecond)), digits: 1), rounded(ours, digits: 1),
                rounded(theirs, digits: 1), rounded(ours / theirs, digits: 2), "2",
                rounded(median(runs.busy.map(\.percentile99)) / ours, digits: 2), "3")
        }
        table.print()
    }

    private static func wrk(_ shard: Shard, _ fields: [String]) throws -> Wrk {
        try Wrk(port: shard.port, path: "/metrics", fields: fields, connections: 50, seconds: 3)
    }

    /// What each publication takes, and what is held between two.
    static func publications() throws {
        var table = Table("asked for", "ms a publication", "MiB before", "MiB after 10", "MiB at most")
        for form in [(name: "nothing", fields: nil as [String]?)] + forms.map({ ($0.name, $0.fields) }) {
            let shard = try Shard(pause: 1)
            let before = shard.program.memory.now
            if let fields = form.fields { _ = try shard.fetch(fields) }
            let times = (0..<10).map { _ in Double(shard.program.line()) ?? .nan }
            let memory = shard.program.memory
            table.add(
                form.name, rounded(median(times), digits: 1), rounded(before, digits: 1),
                rounded(memory.now, digits: 1), rounded(memory.peak, digits: 1))
        }
        table.print()
    }
}
