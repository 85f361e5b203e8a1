import Testing

struct SimulatorAuthenticationTests {
    @Test(arguments: [
        (["X-SLURM-USER-NAME": "root", "X-SLURM-USER-TOKEN": "t"], 200), (["Authorization": "Bearer t"], 200),
        (["Authorization": "Bearer t", "X-SLURM-USER-TOKEN": "t"], 401), ([:], 401),
        (["X-SLURM-USER-TOKEN": "wrong"], 511),
    ])
    func looksAtBothKindsOfHeaders(headers: [String: String], status: Int) async throws {
        let simulator = try await RunningSimulator("--token", "t")
        #expect(try await simulator.get("/slurm/v0.0.44/jobs", headers: headers).status == status)
    }

    @Test func theFirst25_11TakesAMissingNameForItsOwnFault() async throws {
        let simulator = try await RunningSimulator("--token", "t", "--release", "25.11.0")
        let answer = try await simulator.get("/slurm/v0.0.44/jobs")
        #expect(answer.status == 500)
        #expect(answer.text == "Authentication does not apply to request")
    }

    @Test func comesBeforeThePath() async throws {
        let simulator = try await RunningSimulator("--token", "t")
        #expect(try await simulator.get("/nothing").status == 401)
        #expect(try await simulator.get("/openapi/v3").text == "Authentication failure")
    }

    @Test(arguments: [
        ("24.05", "v0.0.41", 500, 500), ("24.11", "v0.0.42", 511, 502), ("22.05", "v0.0.38", 500, 200),
    ])
    func aWrongTokenGetsWhatTheReleaseGives(
        release: String, version: String, slurm: Int, slurmdb: Int
    ) async throws {
        let simulator = try await RunningSimulator("--token", "t", "--release", release)
        let headers = ["X-SLURM-USER-TOKEN": "wrong"]
        let jobs = try await simulator.get("/slurm/\(version)/jobs", headers: headers)
        #expect(jobs.status == slurm)
        #expect(!jobs.errors.isEmpty)
        let qos = try await simulator.get("/slurmdb/\(version)/qos", headers: headers)
        #expect(qos.status == slurmdb)
        #expect(!qos.errors.isEmpty)
    }

    @Test func aTokenExpires() async throws {
        let simulator = try await RunningSimulator("--token", "t", "--token-lifetime", "1ms")
        #expect(try await simulator.get("/slurm/v0.0.44/diag", headers: ["X-SLURM-USER-TOKEN": "t"]).status == 511)
    }
}
