import Foundation
import RealSlurm
import Testing

extension RealSlurmTests {
    /// What slurmrestd says about the same moment.
    struct AnswerTests {
        /// What isn't 200 on a Slurm that has nothing to complain of.
        private static let exceptions = [
            "/slurm/v0.0.36/reservations": 404, "/slurm/v0.0.36/licenses": 404, "/slurm/v0.0.37/licenses": 404,
            "/slurmdb/v0.0.36/diag": 500, "/slurmdb/v0.0.36/wckeys": 500, "/slurmdb/v0.0.37/wckeys": 500,
            "/slurmdb/v0.0.38/wckeys": 500,
        ]

        @Test func eachVersionHasItsPaths() async throws {
            let slurm = try await StandingSlurm.shared.slurm
            let token = try await slurm.token()
            for path in Recording.allPaths {
                let answer = try await slurm.get(path, token: token)
                #expect(answer.status == Self.exceptions[path] ?? 200, "\(path)")
                #expect((answer.json == nil) == (answer.status == 404), "\(path)")
            }
        }

        @Test(arguments: ["v0.0.35", "v0.0.39"]) func thereAreNoOtherVersions(version: String) async throws {
            let answer = try await StandingSlurm.shared.slurm.get("/slurm/\(version)/ping")
            #expect(answer.status == 404)
            #expect(answer.contentType == "text/plain")
        }

        @Test(arguments: Recording.versions) func everyNodeAndJobIsThere(version: String) async throws {
            let slurm = try await StandingSlurm.shared.slurm
            let nodes = try await slurm.get("/slurm/\(version)/nodes").json?["nodes"] as? [[String: Any]] ?? []
            #expect(Set(nodes.compactMap { $0["name"] as? String }) == Set(try await slurm.nodes().map(\.name)))
            let jobs = try await slurm.get("/slurm/\(version)/jobs").json?["jobs"] as? [[String: Any]] ?? []
            let identifiers = Set(jobs.compactMap { $0["job_id"] as? Int })
            let running = try await slurm.jobs().filter { $0.state == "RUNNING" }.map(\.identifier)
            #expect(identifiers.isSuperset(of: running))
            #expect(identifiers.count == jobs.count)
        }

        @Test func aWrongTokenIsAServerError() async throws {
            let slurm = try await StandingSlurm.shared.slurm
            let answer = try await slurm.get("/slurm/v0.0.38/jobs", token: "nonsense")
            #expect(answer.status == 500)
            #expect(!answer.errors.isEmpty)
            let accounting = try await slurm.get("/slurmdb/v0.0.38/jobs", token: "nonsense")
            #expect(!accounting.errors.isEmpty)
            #expect((accounting.json?["jobs"] as? [Any])?.isEmpty != false)
        }

        @Test func noTokenIsRefused() async throws {
            let answer = try await StandingSlurm.shared.slurm.get("/slurm/v0.0.38/jobs", token: nil)
            #expect(answer.status == 401)
            #expect(answer.json == nil)
        }

        @Test func aTokenExpires() async throws {
            let slurm = try await StandingSlurm.shared.slurm
            var token = ""
            try await slurm.waitUntil("a token is good") {
                token = try await slurm.token(lifespan: .seconds(3))
                return try await slurm.get("/slurm/v0.0.38/diag", token: token).status == 200
            }
            try await slurm.waitUntil("the token expires") {
                try await slurm.get("/slurm/v0.0.38/diag", token: token).status == 500
            }
        }

        @Test func aUserSeesOthersJobs() async throws {
            let slurm = try await StandingSlurm.shared.slurm
            let answer = try await slurm.get(
                "/slurm/v0.0.38/jobs", token: try await slurm.token(of: "dan"), user: "dan")
            let jobs = answer.json?["jobs"] as? [[String: Any]] ?? []
            #expect(jobs.contains { $0["user_name"] as? String == "ada" })
        }
    }
}
