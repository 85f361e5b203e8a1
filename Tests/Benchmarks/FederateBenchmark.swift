import Glibc
import Locks
import TestSupport

extension Benchmark {
    /// Four exporters of 25,000 series, federated by a coordinator and by a real Prometheus.
    static let federate = Benchmark(name: "federate") { try FederateBenchmark.besidePrometheus() }

    /// Sixty-four exporters and 1,000,000 series.
    static let federateMillion = Benchmark(name: "federate-million") { try FederateBenchmark.million() }
}

enum FederateBenchmark {
    /// One of those that are asked for the same.
    private struct Server {
        let program: Program
        let port: Int

        /// In milliseconds, with the bytes that came.
        func fetch(_ selector: String, gzip: Bool = false) throws -> (bytes: Int, milliseconds: Double) {
            let curl = try Program(
                "curl",
                ["-s", "-g", "-G", "-o", "/dev/null", "-w", "%{size_download} %{time_total}"]
                    + (gzip ? ["-H", "Accept-Encoding: gzip"] : [])
                    + ["--data-urlencode", "match[]=\(selector)", "http://127.0.0.1:\(port)/federate"])
            let words = curl.text().split(separator: " ")
            return (Int(words.first ?? "") ?? 0, (Double(words.last ?? "") ?? .nan) * 1000)
        }

        func requestsPerSecond(_ selector: String) throws -> Double {
            let path = "/federate?match%5B%5D=" + selector.percentEncoded
            return try Wrk(port: port, path: path, connections: 8, seconds: 3).requestsPerSecond
        }

        func await(_ series: Int) throws {
            for _ in 0..<600 {
                let (bytes, _) = try fetch(#"{__name__=~"slurm_.+"}"#)
                if bytes > series * 100 { return }
                usleep(100_000)
            }
            throw Program.Failure(program: "federate", code: ETIMEDOUT)
        }
    }

    private static let queries: [(name: String, selector: String, gzip: Bool, wanted: String)] = [
        ("everything", #"{__name__=~"slurm_.+"}"#, false, "20"),
        ("everything, gzip", #"{__name__=~"slurm_.+"}"#, true, "5"),
        ("12,500 by name", #"{__name__=~"slurm_bench_metric_(0|1|2)"}"#, false, "10"),
        ("about 100 by regex", #"{__name__=~"slurm_bench_metric_3",shard="1",user=~"user[0-9]?7[0-9]"}"#, false, "20"),
        ("1 by equality", #"slurm_bench_metric_3{user="user77",shard="1"}"#, false, "5 (req/s)"),
    ]

    static func besidePrometheus() throws {
        let exporters = try ExporterFarm(count: 4, series: 25_000)
        let ours = try coordinator(exporters.ports)
        let directory = "/tmp/federate-benchmark-\(getpid())"
        defer { _ = try? Program("rm", ["-r", directory]).text() }
        let theirs = try prometheus(exporters.ports, directory)
        for server in [ours, theirs] { try server.await(100_000) }
        var table = Table(
            "query", "bytes", "Prometheus ms", "ours ms, new", "ours ms, again", "times faster", "wanted",
            "Prometheus req/s",
            "ours req/s")
        for query in queries {
            // A condition that holds for all, different each time: an answer that nobody had before.
            let new = try (0..<7).map { number in
                try ours.fetch(query.selector.dropLast() + ",none!=\"\(query.gzip)\(number)\"}", gzip: query.gzip)
            }
            let again = try (0..<7).map { _ in try ours.fetch(query.selector, gzip: query.gzip) }
            let prometheus = try (0..<7).map { _ in try theirs.fetch(query.selector, gzip: query.gzip) }
            let isSmall = new[0].bytes < 100_000
            let (reference, cold) = (median(prometheus.map(\.milliseconds)), median(new.map(\.milliseconds)))
            table.add(
                query.name, "\(new[0].bytes)", rounded(reference, digits: 2), rounded(cold, digits: 2),
                rounded(median(again.map(\.milliseconds)), digits: 2), rounded(reference / cold, digits: 1),
                query.wanted,
                isSmall ? rounded(try theirs.requestsPerSecond(query.selector)) : "",
                isSmall ? rounded(try ours.requestsPerSecond(query.selector)) : "")
        }
        table.print()
        print(
            "federate: memory: \(rounded(ours.program.memory.now)) MiB now, \(rounded(ours.program.memory.peak)) at most;"
        )
        print(
            "  Prometheus: \(rounded(theirs.program.memory.now)) MiB now, \(rounded(theirs.program.memory.peak)) at most"
        )
        gathering(ours, exporters, series: 100_000)
    }

    static func million() throws {
        let exporters = try ExporterFarm(count: 64, series: 15_625)
        let ours = try coordinator(exporters.ports)
        try ours.await(1_000_000)
        var table = Table("query", "bytes", "ms, new")
        for query in queries where !query.gzip {
            let new = try (0..<5).map { number in try ours.fetch(query.selector.dropLast() + ",none!=\"\(number)\"}") }
            table.add(query.name, "\(new[0].bytes)", rounded(median(new.map(\.milliseconds)), digits: 2))
        }
        table.print()
        print(
            "federate-million: memory: \(rounded(ours.program.memory.now)) MiB now, \(rounded(ours.program.memory.peak)) at most, wanted 1024"
        )
        gathering(ours, exporters, series: 1_000_000)
    }

    private static func gathering(_ server: Server, _ exporters: ExporterFarm, series: Int) {
        for (what, isChanging) in [("changed", true), ("unchanged", false)] {
            exporters.isChanging = isChanging
            sleep(3)
            let (requests, seconds) = (exporters.requests, server.program.processorSeconds)
            sleep(8)
            let rounds = Double(exporters.requests - requests) / Double(exporters.ports.count)
            let each = (server.program.processorSeconds - seconds) / rounds
            print("federate: gathering \(series) \(what) series: \(rounded(each, digits: 3)) s of processor time")
        }
    }

    private static func coordinator(_ ports: [Int]) throws -> Server {
        let port = Int(try freePort())
        let program = try Program(
            Program.beside("slurm-coordinator"),
            [
                "--federate-only", "--listen", "127.0.0.1:\(port)", "--interval", "2s", "--log.level", "error",
                "--targets", ports.map { "127.0.0.1:\($0)" }.joined(separator: ","),
            ])
        try Loopback.awaitListener(on: port)
        return Server(program: program, port: port)
    }

    private static func prometheus(_ ports: [Int], _ directory: String) throws -> Server {
        let port = Int(try freePort())
        mkdir(directory, 0o700)
        let targets = ports.map { "'127.0.0.1:\($0)'" }.joined(separator: ", ")
        let text = """
            global: {scrape_interval: 2s, scrape_timeout: 2s}
            scrape_configs:
            - {job_name: federation, static_configs: [{targets: [\(targets)]}]}

            """
        guard let file = fopen(directory + "/prometheus.yml", "w") else {
            throw Program.Failure(program: "fopen", code: errno)
        }
        fputs(text, file)
        fclose(file)
        let program = try Program(
            "prometheus",
            [
                "--config.file=\(directory)/prometheus.yml", "--storage.tsdb.path=\(directory)/data",
                "--web.listen-address=127.0.0.1:\(port)", "--log.level=error",
            ])
        try Loopback.awaitListener(on: port)
        return Server(program: program, port: port)
    }
}

extension String {
    fileprivate var percentEncoded: String {
        utf8.map { byte in
            let isPlain = UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
            if isPlain || byte == UInt8(ascii: "_") { return String(Unicode.Scalar(byte)) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
