import Foundation
import FoundationNetworking
import Locks
import TestSupport
import Testing

struct SimulatorTests {
    private static let versions = (38...46).map { "v0.0.\($0)" }
    private static let tables = ["jobs", "nodes", "partitions", "reservations", "licenses", "diag", "ping"]
    private static let accounting = [
        "jobs", "qos", "associations", "accounts", "users", "clusters", "tres", "wckeys", "diag",
    ]

    @Test(arguments: versions)
    func everyVersionAnswersEveryEndpoint(version: String) async throws {
        let simulator = try await RunningSimulator()
        let isNew = version >= "v0.0.40"
        let paths =
            (Self.tables + (isNew ? ["shares", "jobs/state"] : [])).map { "/slurm/\(version)/\($0)" }
            + Self.accounting.map { "/slurmdb/\(version)/\($0)/" }
        for path in paths {
            let response = try await simulator.get(path)
            #expect(response.status == 200, "\(path)")
            #expect(response.length == response.body.count, "\(path)")
            #expect(response.fields.value(forHTTPHeaderField: "Transfer-Encoding") == nil)
            let text = response.text.replacing("Infinity", with: "0").replacing("NaN", with: "0")
            #expect(throws: Never.self, "\(path)") { try JSONSerialization.jsonObject(with: Data(text.utf8)) }
        }
    }

    @Test(arguments: ["/slurm/v0.0.99/jobs", "/slurm/v0.0.44/nothing", "/slurm/v0.0.38/shares", "/metrics"])
    func anUnknownPathIsPlainText(path: String) async throws {
        let response = try await RunningSimulator().get(path)
        #expect(response.status == 404)
        #expect(response.fields.value(forHTTPHeaderField: "Content-Type")?.hasPrefix("text/plain") == true)
        #expect(response.text.hasPrefix("Unable"))
    }

    @Test func anErrorClosesTheConnectionAndAnAnswerKeepsIt() async throws {
        let simulator = try await RunningSimulator()
        let client = try simulator.client()
        for path in ["diag", "diag", "nothing"] {
            try await client.send("GET /slurm/v0.0.44/\(path) HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try await client.response()
        }
        #expect(try await client.rest() == "")
    }

    /// As many large answers as there are threads for them: while they are counted, a ping is still answered at once.
    ///
    /// The best of a few rounds counts, since a busy machine is slow by itself.
    @Test func largeAnswersDoNotHoldUpSmallOnes() async throws {
        let simulator = try await RunningSimulator(jobs: 4000)
        var worst = 1.0
        for _ in 1...5 where worst >= 0.3 {
            worst = min(worst, try await worstPing(of: simulator, during: ProcessInfo.processInfo.activeProcessorCount))
        }
        #expect(worst < 0.3)
    }

    /// The slowest of all pings until every download has begun to arrive, as a share of the time that this took.
    private func worstPing(of simulator: RunningSimulator, during downloads: Int) async throws -> Double {
        let beginning = ContinuousClock.now
        let heads = Locked(0)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<downloads {
                let client = try simulator.client()
                try await client.send("GET /slurm/v0.0.44/jobs HTTP/1.1\r\nHost: a\r\n\r\n")
                group.addTask {
                    _ = try await client.text(upTo: "\r\n\r\n")
                    heads.withLock { $0 += 1 }
                }
            }
            var worst = Duration.zero
            repeat {
                let start = ContinuousClock.now
                #expect(try await simulator.get("/slurm/v0.0.44/ping").status == 200)
                worst = max(worst, ContinuousClock.now - start)
            } while heads.withLock { $0 } < downloads
            let whole = ContinuousClock.now - beginning
            try await group.waitForAll()
            return worst / whole
        }
    }

    @Test func onlyTheVersionsOfTheFlagAreOffered() async throws {
        let simulator = try await RunningSimulator("--versions", "v0.0.40,v0.0.42")
        #expect(try await simulator.get("/slurm/v0.0.42/ping").status == 200)
        #expect(try await simulator.get("/slurm/v0.0.41/ping").status == 404)
        let paths = try await simulator.get("/openapi/v3").json?["paths"] as? [String: Any]
        #expect(paths?.keys.contains { $0.contains("v0.0.42") } == true)
        #expect(paths?.keys.contains { $0.contains("v0.0.41") } == false)
    }

    @Test(arguments: [
        ("text/html", 415), ("*/*", 200), ("application/json", 200), ("application/*;q=0.5", 200),
        ("application/openmetrics-text, application/json;q=0.1", 200),
    ])
    func aTypeThatThereIsNotIsRefused(accept: String, status: Int) async throws {
        let simulator = try await RunningSimulator()
        #expect(try await simulator.get("/slurm/v0.0.44/ping", headers: ["Accept": accept]).status == status)
    }

    @Test(arguments: [
        (["--release", "22.05", "--versions", "v0.0.44"], "release 22.05 has v0.0.38 to v0.0.38"),
        (["--versions", "v0.0.44,v0.0.44"], "twice"), (["--users", "50001"], "50000"),
    ])
    func whatCannotBeIsRefused(arguments: [String], complaint: String) async throws {
        let process = try ChildProcess(try builtProgram("slurm-simulator"), ["--listen", "127.0.0.1:0"] + arguments)
        #expect(try await process.exit() == 2)
        #expect(process.standardError.contains(complaint), "\(process.standardError)")
    }

    @Test func aReleaseOffersItsOwnVersions() async throws {
        let simulator = try await RunningSimulator("--release", "24.05")
        #expect(try await simulator.get("/slurm/v0.0.39/ping").status == 200)
        #expect(try await simulator.get("/slurm/v0.0.42/ping").status == 404)
    }

    @Test(arguments: [("26.05", 204), ("25.11", 404)])
    func theNewestSayWhetherTheyAreWell(release: String, status: Int) async throws {
        let simulator = try await RunningSimulator("--release", release, "--token", "t")
        let headers = status == 404 ? ["X-SLURM-USER-TOKEN": "t"] : [:]
        for path in ["/healthz", "/readyz", "/livez"] {
            #expect(try await simulator.get(path, headers: headers).status == status, "\(path)")
        }
    }

    @Test func aBodyInChunksIsNotTaken() async throws {
        let simulator = try await RunningSimulator()
        let client = try simulator.client()
        let head = "GET /slurm/v0.0.44/ping HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        try await client.send(head + "2\r\n{}\r\n0\r\n\r\n")
        #expect(try await client.response().status == 406)
    }

    @Test func anExpiredTokenHasAReasonPhrase() async throws {
        let simulator = try await RunningSimulator("--fault", "* token-expired")
        let client = try simulator.client()
        try await client.send("GET /slurm/v0.0.44/jobs HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try await client.text(upTo: "\r\n") == "HTTP/1.1 511 Network Authentication Required\r\n")
    }

    @Test func onlyQuestionsAreAnswered() async throws {
        #expect(try await RunningSimulator().send("DELETE", "/slurm/v0.0.44/job/1").status == 405)
    }

    @Test func aFrozenClusterMovesStepByStep() async throws {
        let simulator = try await RunningSimulator()
        let first = try await simulator.get("/slurm/v0.0.44/jobs").body
        #expect(try await simulator.get("/slurm/v0.0.44/jobs").body == first)
        let step = try await simulator.send("POST", "/simulator/step?count=6")
        #expect(step.json?["step"] as? Int == 6)
        #expect(try await simulator.get("/slurm/v0.0.44/jobs").body != first)
        #expect(try await simulator.send("POST", "/simulator/step?count=none").status == 400)
    }

    @Test func aLivingClusterMovesByItself() async throws {
        let simulator = try await RunningSimulator("--no-freeze", "--speed", "1000")
        #expect(try await eventually { try await (simulator.get("/simulator/truth").json?["step"] as? Int ?? 0) > 3 })
    }

    @Test(arguments: versions)
    func everyVersionTellsTheTruth(version: String) async throws {
        let simulator = try await RunningSimulator()
        try await simulator.send("POST", "/simulator/step?count=20")
        let truth = try #require(try await simulator.get("/simulator/truth").json)
        for (list, total, count) in [("jobs", "jobs", "records"), ("nodes", "nodes", "nodes")] {
            let records = try await simulator.get("/slurm/\(version)/\(list)").json?[list] as? [Any]
            let totals = truth[total] as? [String: Any]
            #expect(records?.count == totals?[count] as? Int, "\(list)")
        }
    }

    @Test func thePageLinksWhatCanBeTried() async throws {
        let simulator = try await RunningSimulator()
        let page = try await simulator.get("/").text
        for link in page.matches(of: /href="([^"]+)"/).map({ String($0.1) }) {
            #expect(try await simulator.get(link).status == 200, "\(link)")
        }
    }

    @Test func theWelcomesLinesWork() async throws {
        let simulator = try await RunningSimulator()
        let lines = simulator.process.standardOutput.split(separator: "\n").filter { $0.hasPrefix("  curl") }
        #expect(lines.count == 7)
        for line in lines {
            let curl = try ChildProcess("sh", ["-c", String(line.replacing("curl -s", with: "curl -sf"))])
            #expect(try await curl.exit() == 0, "\(line)")
        }
        #expect(simulator.process.standardError.contains("this is a simulator"))
    }

    @Test func warnsWhenOthersCanReachIt() async throws {
        let process = try ChildProcess(
            try builtProgram("slurm-simulator"), ["--listen", ":0", "--nodes", "4", "--jobs", "4"])
        #expect(await eventually { process.standardError.contains("level=warning") })
    }

    @Test(arguments: [["--nodes", "20", "--jobs", "60", "--dump"], ["--jobs=60", "dump", "--nodes", "20"]])
    func aDumpIsTheAnswer(arguments: [String]) async throws {
        let directory = try TemporaryDirectory()
        let dump = try ChildProcess(
            try builtProgram("slurm-simulator"),
            arguments + [directory.path("jobs"), "/slurm/v0.0.44/jobs?flags=ALL"])
        #expect(try await dump.exit() == 0, "\(dump.standardError)")
        let served = try await RunningSimulator().get("/slurm/v0.0.44/jobs?flags=ALL").body
        #expect(try Data(contentsOf: URL(filePath: directory.path("jobs"))) == served)
    }
}
