import Foundation
import RealSlurm
import TestSupport
import Testing

extension RealSlurmTests {
    /// That each awkward case is there.
    struct WorkloadTests {
        @Test func everythingIsAsItIsToBe() async throws {
            let standing = try await StandingSlurm.shared
            var differences: [String] = []
            _ = try await eventually {
                differences = try await standing.workload.differences()
                return differences.isEmpty
            }
            #expect(differences == [])
        }

        @Test func everyStateOfAJobIsThere() async throws {
            let states = try await StandingSlurm.shared.slurm.jobs().tally { $0.state }
            let wanted: Set = [
                "PENDING", "RUNNING", "SUSPENDED", "STOPPED", "COMPLETING", "CONFIGURING", "SPECIAL_EXIT", "COMPLETED",
                "FAILED", "CANCELLED", "TIMEOUT", "DEADLINE", "NODE_FAIL",
            ]
            #expect(Set(states.keys) == wanted)
        }

        @Test func namesAreWhatUsersWrote() async throws {
            let standing = try await StandingSlurm.shared
            let jobs = try await standing.slurm.jobs()
            func name(_ key: String) -> String? { jobs.first { $0.isOf(standing.workload[key]) }?.name }
            #expect(name("quoted") == "say \"hi\" \\ back|bar {a=b,c}")
            #expect(name("lines") == "two\nlines\tand a tab")
            #expect(name("letters") == "größe ✓ 核 🧬")
            #expect(name("control") == "esc \u{1B}[31m bell \u{07} \u{01}")
            #expect(name("nameless") == "")
            #expect(name("bytes") == "caf\u{FFFD} \u{FFFD}\u{FFFD}")
        }

        @Test func theBytesOfANameComeAsTheyAre() async throws {
            let slurm = try await StandingSlurm.shared.slurm
            for version in Recording.versions {
                let body = try await slurm.get("/slurm/\(version)/jobs").body
                #expect(body.range(of: Data("caf".utf8) + [0xE9, 0x20, 0xFF, 0xFE]) != nil, "\(version)")
            }
        }

        @Test func anArrayIsTasksAndARecordOfThoseThatWait() async throws {
            let standing = try await StandingSlurm.shared
            let tasks = try await standing.slurm.jobs().filter { $0.isOf(standing.workload["sweep"]) }
            #expect(tasks.tally { $0.state } == ["RUNNING": 2, "PENDING": 10])
            let records = try await standing.records("sweep")
            #expect(records.count == 3)
            #expect(records.compactMap { $0["array_task_string"] as? String }.contains("3-12%2"))
        }

        @Test func aLongListOfTasksIsCut() async throws {
            let standing = try await StandingSlurm.shared
            #expect(try await standing.slurm.jobs().count { $0.isOf(standing.workload["ragged"]) } == 60)
            let strings = try await standing.records("ragged").compactMap { $0["array_task_string"] as? String }
            #expect(strings.contains { $0.hasSuffix("...") && $0.count <= 64 })
        }

        @Test func aJobThatWaitsCanHaveTwoPartitions() async throws {
            let standing = try await StandingSlurm.shared
            let jobs = try await standing.slurm.jobs()
            let torn = try #require(jobs.first { $0.isOf(standing.workload["torn"]) })
            #expect(Set(torn.partitions) == ["batch", "bigmem"])
            let either = try #require(jobs.first { $0.isOf(standing.workload["either"]) })
            #expect(either.partitions.count == 1)
        }

        @Test func aHeterogeneousJobIsTwo() async throws {
            let standing = try await StandingSlurm.shared
            let parts = try await standing.slurm.jobs().filter { $0.isOf(standing.workload["hetero"]) }
            #expect(parts.sum(of: { $0.resources.processors }, by: { $0.partitions }) == [["batch"]: 1, ["bigmem"]: 2])
        }

        @Test func whoIsUnknownIsANumber() async throws {
            let standing = try await StandingSlurm.shared
            #expect(try await standing.slurm.jobs().first { $0.isOf(standing.workload["stranger"]) }?.user == "20007")
            let record = try #require(try await standing.records("stranger").first)
            #expect(record["user_name"] is NSNull)
            #expect(record["user_id"] as? Int == 20_007)
        }

        @Test func gpusAreCountedByType() async throws {
            let nodes = try await StandingSlurm.shared.slurm.nodes()
            let g1 = try #require(nodes.first { $0.name == "g1" })
            #expect(g1.gres == ["gpu:a100": 4] && g1.usedGres == ["gpu:a100": 3])
            let g2 = try #require(nodes.first { $0.name == "g2" })
            #expect(g2.gres == ["gpu:a100": 2, "gpu:t4": 2] && g2.usedGres == ["gpu:a100": 0, "gpu:t4": 1])
        }

        @Test func partitionsOverlapAndHide() async throws {
            let slurm = try await StandingSlurm.shared.slurm
            let nodes = try await slurm.nodes()
            #expect(nodes.first { $0.name == "c4" }?.partitions == ["batch", "closed", "secret"])
            let counts = nodes.tallyEach { $0.partitions }
            #expect(counts["batch"] == 11 && counts["bigmem"] == 1 && counts["bare"] == nil)
            #expect(try await !slurm.run("sinfo", "-h", "-o", "%P", as: "ada").contains("secret"))
            let states = try await slurm.partitionRecords().map { "\($0["PartitionName"]!) \($0["State"]!)" }
            #expect(
                Set(states) == [
                    "batch UP", "gpu UP", "bigmem UP", "cloud UP", "secret UP", "closed DOWN", "emptying DRAIN",
                    "asleep INACTIVE", "bare UP",
                ])
        }

        @Test func reasonsOfNodesAreFreeText() async throws {
            let slurm = try await StandingSlurm.shared.slurm
            let nodes = try await slurm.nodes()
            #expect(nodes.first { $0.name == "g2" }?.reason == "GPU 3 \"Xid 79\" | fell off\nthe bus")
            #expect(nodes.first { $0.name == "c4" }?.reason == "link größer flapping")
            #expect(nodes.first { $0.name == "c1" }?.reason == nil)
        }

        @Test func thereAreReservationsOfEachKind() async throws {
            let records = try await StandingSlurm.shared.slurm.reservationRecords()
            let states = Dictionary(uniqueKeysWithValues: records.map { ($0["ReservationName"]!, $0["State"]!) })
            #expect(states == ["course": "ACTIVE", "repair": "ACTIVE", "seats": "ACTIVE", "upgrade": "INACTIVE"])
        }

        @Test func licensesAreUsedAndReserved() async throws {
            let records = try await StandingSlurm.shared.slurm.licenseRecords()
            let figures = records.map { [$0.number("Total"), $0.number("Used"), $0.number("Reserved")] }
            #expect(zip(records, figures).first { $0.0["LicenseName"] == "matlab" }?.1 == [10, 4, 0])
            #expect(zip(records, figures).first { $0.0["LicenseName"] == "ansys" }?.1 == [4, 0, 2])
        }

        @Test func whatIsAllocatedAddsUp() async throws {
            let slurm = try await StandingSlurm.shared.slurm
            let jobs = try await slurm.jobs().filter { ["RUNNING", "STOPPED", "COMPLETING"].contains($0.state) }
            let onNodes = try await slurm.nodes().map(\.processors.allocated).reduce(0, +)
            #expect(onNodes > 0)
            #expect(jobs.map(\.resources.processors).reduce(0, +) <= Double(onNodes))
            let perNode = try await slurm.nodeRecords().map { $0.number("CPUAlloc") ?? 0 }.reduce(0, +)
            #expect(perNode == onNodes)
        }

        @Test func theSchedulerCounts() async throws {
            let slurm = try await StandingSlurm.shared.slurm
            try await slurm.run("squeue", as: "ada")
            let before = try await slurm.scheduler()
            try await slurm.run("squeue", as: "ada")
            let after = try await slurm.scheduler()
            #expect(after.messages["REQUEST_JOB_INFO"]!.count > before.messages["REQUEST_JOB_INFO"]!.count)
            #expect(after.users["ada"]!.count > before.users["ada"]!.count)
            #expect(after.figures["Main schedule statistics/Total cycles"] ?? 0 > 0)
            #expect(after.figures["Jobs running"] != nil && after.figures["Jobs submitted"] != nil)
        }

        @Test func accountingKnowsThoseThatEnded() async throws {
            let standing = try await StandingSlurm.shared
            let wanted = [
                "completed": "COMPLETED", "failed": "FAILED", "cancelled": "CANCELLED", "overdue": "TIMEOUT",
                "bereft": "NODE_FAIL", "missed": "DEADLINE",
            ]
            let isThere = try await eventually {
                let jobs = try await standing.slurm.accountedJobs()
                return wanted.allSatisfy { name, state in
                    jobs.contains { $0.identifier == "\(standing.workload[name])" && $0.state == state }
                }
            }
            #expect(isThere)
            let failed = "\(standing.workload["failed"])"
            #expect(try await standing.slurm.accountedJobs().first { $0.identifier == failed }?.exitCode == "3:0")
        }

        @Test func accountingKnowsTheTreeAndItsLimits() async throws {
            let slurm = try await StandingSlurm.shared.slurm
            let associations = try await slurm.accounting("association", "account", "user", "fairshare", "grptres")
            #expect(associations.contains(["hep", "", "20", "cpu=24"]))
            #expect(associations.contains(["hep", "ben", "2", ""]))
            let shares = try await slurm.shares()
            #expect(shares.first { $0.account == "hep" && $0.user == "ben" }?.shares == 2)
            #expect(shares.first { $0.account == "physics" && $0.user == nil }?.shares == 60)
            let qualities = try await slurm.accounting("qos", "name", "maxtrespu")
            #expect(qualities.contains(["gpu", "gres/gpu=5"]))
        }
    }
}

extension StandingSlurm {
    /// A job's records of slurmrestd: for an array, one of those that wait, and one each of the others.
    fileprivate func records(_ name: String) async throws -> [[String: Any]] {
        let jobs = try await slurm.get("/slurm/v0.0.38/jobs").json?["jobs"] as? [[String: Any]] ?? []
        return jobs.filter { [$0["job_id"] as? Int, $0["array_job_id"] as? Int].contains(workload[name]) }
    }
}
