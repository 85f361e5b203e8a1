import Foundation
import RealSlurm
import TestSupport
import Testing

extension RealSlurmTests {
    struct FaultTests {
        /// Slurm's MessageTimeout, after which slurmrestd gives up.
        private let patience = ClusterPlan.standard.messageTimeout

        @Test func withoutAControllerEveryAnswerTakesItsTime() async throws {
            let slurm = try await StandingSlurm.shared.slurm
            let token = try await slurm.token()
            let (answer, duration) = try await slurm.controller.whileStopped {
                try await timed { try await slurm.get("/slurm/v0.0.38/jobs", token: token) }
            }
            #expect(answer.status == 500)
            #expect(!answer.errors.isEmpty)
            #expect(duration > patience - .seconds(2))
            try await RealSlurmTests.backToNormal()
        }

        @Test func aFrozenControllerTakesItsTimeToo() async throws {
            let slurm = try await StandingSlurm.shared.slurm
            let token = try await slurm.token()
            let (answer, duration) = try await slurm.controller.whilePaused {
                try await timed { try await slurm.get("/slurm/v0.0.38/diag", token: token) }
            }
            #expect(answer.status == 500)
            #expect(duration > patience - .seconds(1))
            try await RealSlurmTests.backToNormal()
        }

        @Test func withoutADatabaseTheControllerStillAnswers() async throws {
            let slurm = try await StandingSlurm.shared.slurm
            let token = try await slurm.token()
            let answers = try await slurm.database.whileStopped {
                (
                    diag: try await slurm.get("/slurm/v0.0.38/diag", token: token),
                    users: try await slurm.get("/slurmdb/v0.0.38/users", token: token),
                    jobs: try await slurm.get("/slurmdb/v0.0.38/jobs", token: token)
                )
            }
            #expect(answers.diag.status == 200)
            #expect(answers.users.status == 500 && !answers.users.errors.isEmpty)
            #expect(!answers.jobs.errors.isEmpty)
            try await RealSlurmTests.backToNormal()
        }

        @Test func slurmrestdComesBackAtTheSameAddress() async throws {
            let slurm = try await StandingSlurm.shared.slurm
            let token = try await slurm.token()
            await #expect(throws: (any Error).self) {
                try await slurm.rest.whileStopped { try await slurm.get("/slurm/v0.0.38/ping", token: token) }
            }
            #expect(try await slurm.get("/slurm/v0.0.38/ping", token: token).status == 200)
        }

        @Test func aKilledControllerRemembers() async throws {
            let slurm = try await StandingSlurm.shared.slurm
            try await slurm.controller.kill()
            try await slurm.controller.start()
            try await RealSlurmTests.backToNormal()
        }

        private func timed<Value>(_ body: () async throws -> Value) async rethrows -> (Value, Duration) {
            let start = ContinuousClock.now
            return (try await body(), ContinuousClock.now - start)
        }
    }

    /// For the tests that come later.
    static func backToNormal() async throws {
        let standing = try await StandingSlurm.shared
        try await standing.slurm.waitUntil("everything is as it was") {
            let differences = try await standing.workload.differences()
            let answer = try await standing.slurm.get("/slurmdb/v0.0.38/clusters")
            return differences.isEmpty && answer.status == 200
        }
    }
}
