import Slurm
import Testing

/// What is read of the database's answers, and of those with few records, is what the simulator knows.
struct AccountingTruthTests {
    @Test(arguments: TruthTests.versions)
    func accountedJobsAddUp(_ version: String) async throws {
        let simulator = try await Simulator(jobs: 200)
        try await simulator.step(20)
        let truth = try await simulator.truth()
        let path = "/slurmdb/\(version)/jobs?start_time=1&end_time=\(truth["time", default: 0])"
        let jobs = try Decoded(AccountedJobsReader.self, try await simulator.get(path)).records.filter {
            $0.state.hasEnded && $0.end != nil
        }
        #expect(jobs.count == truth["accounting/records"])
        let states = Dictionary(grouping: jobs) { $0.state.base.rawValue.uppercased() }
        for (state, jobs) in states { #expect(jobs.count == truth["accounting/byState/\(state)"], "\(state)") }
        func sum(_ figure: (AccountedJobRecord) -> Int) -> Int { jobs.reduce(0) { $0 + figure($1) } }
        #expect(sum { $0.elapsedSeconds ?? 0 } == truth["accounting/elapsedSeconds"])
        #expect(sum { ($0.elapsedSeconds ?? 0) * ($0.allocated.cpus ?? 0) } == truth["accounting/cpuSeconds"])
        #expect(sum { ($0.elapsedSeconds ?? 0) * $0.allocated.gpus.total } == truth["accounting/gpuSeconds"])
        #expect(sum { Int((($0.userSeconds ?? 0) * 1e6).rounded()) } == truth["accounting/userMicroseconds"])
        #expect(sum { Int((($0.systemSeconds ?? 0) * 1e6).rounded()) } == truth["accounting/systemMicroseconds"])
        #expect(jobs.contains { $0.maximumMemoryBytes ?? 0 > 1 << 20 })
    }

    @Test(arguments: TruthTests.versions)
    func limitsAreRead(_ version: String) async throws {
        let simulator = try await Simulator()
        let truth = try await simulator.truth()
        let qos = try Decoded(QOSReader.self, try await simulator.get("/slurmdb/\(version)/qos"))
        #expect(!qos.records.isEmpty)
        for record in qos.records {
            let name = qos.symbols[record.name]
            let gpu = qos.symbols.symbol(of: "gres/gpu").map { ResourceKind.other($0) }
            #expect(record.limits.group[.cpu] == truth["qosUsage/\(name)/groupCPUs"])
            #expect(gpu.flatMap { record.limits.group[$0] } == truth["qosUsage/\(name)/groupGPUs"])
            #expect(record.limits.groupJobs == truth["qosUsage/\(name)/groupJobs"])
            #expect(record.limits.jobs == truth["qosUsage/\(name)/maxJobs"])
            #expect(record.limits.submittedJobs == truth["qosUsage/\(name)/maxSubmittedJobs"])
        }
        let associations = try Decoded(
            AssociationsReader.self, try await simulator.get("/slurmdb/\(version)/associations"))
        let accounts = associations.records.filter { $0.user.isEmpty && $0.partition.isEmpty }
        #expect(accounts.contains { $0.limits.group[.cpu] != nil })
        #expect(accounts.count > 5)
    }

    @Test(arguments: TruthTests.versions)
    func licencesAndReservationsAreRead(_ version: String) async throws {
        let simulator = try await Simulator()
        let truth = try await simulator.truth()
        let licenses = try Decoded(LicensesReader.self, try await simulator.get("/slurm/\(version)/licenses"))
        for license in licenses.records {
            let name = licenses.symbols[license.name]
            #expect(license.total == truth["licenses/\(name)/total"])
            #expect(license.used == truth["licenses/\(name)/used"])
            #expect(license.free == truth["licenses/\(name)/free"])
        }
        let reservations = try Decoded(
            ReservationsReader.self, try await simulator.get("/slurm/\(version)/reservations"))
        #expect(licenses.records.count > 2 && reservations.records.count > 2)
        let now = Timestamp(Int64(truth["time", default: 0]))
        for reservation in reservations.records {
            let name = reservations.symbols[reservation.name]
            #expect(reservation.nodes == truth["reservations/\(name)/resources/nodes"])
            #expect(reservation.start?.seconds == truth["reservations/\(name)/start"].map { Int64($0) })
            #expect(reservation.isActive(at: now) == (truth["reservations/\(name)/isActive"] == 1))
        }
    }

    @Test(arguments: TruthTests.versions.filter { $0 >= "v0.0.40" })
    func sharesAreRead(_ version: String) async throws {
        let shares = try Decoded(SharesReader.self, try await Simulator().get("/slurm/\(version)/shares"))
        let users = shares.records.filter { !$0.user.isEmpty }
        #expect(users.count > 10 && users.count < shares.records.count)
        #expect(users.allSatisfy { $0.factor.map { (0...1).contains($0) } ?? false })
        #expect(shares.records.contains { $0.level == .unlimited })
        #expect(shares.answer.oddities.isEmpty)
    }

    @Test(arguments: TruthTests.versions)
    func theSchedulersFiguresAreRead(_ version: String) async throws {
        let simulator = try await Simulator()
        try await simulator.step(10)
        let truth = try await simulator.truth()
        let diag = try Decoded(SchedulerReader.self, try await simulator.get("/slurm/\(version)/diag")).records[0]
        let names = [
            "jobs_submitted": "submitted", "jobs_started": "started", "schedule_cycle_last": "cycleLast",
            "schedule_cycle_total": "cycles", "bf_backfilled_jobs": "backfilledJobs", "req_time_start": "since",
            "server_thread_count": "serverThreads", "bf_cycle_mean": "backfillCycleMean",
        ]
        for (figure, name) in names {
            #expect(diag.figures[figure].map { Int($0) } == truth["diag/\(name)"], "\(figure)")
        }
        for calls in diag.callsByType {
            #expect(calls.count == truth["diag/callsByType/\(calls.name)"])
            #expect(calls.microseconds == truth["diag/callMicrosecondsByType/\(calls.name)"])
        }
        #expect(diag.callsByType.count > 5)
        let hasBackfillMaximum = version != "v0.0.39" && version != "v0.0.40"
        #expect((diag.figures["bf_cycle_max"] != nil) == hasBackfillMaximum)
    }

    @Test(arguments: TruthTests.versions)
    func theDirectoryIsRead(_ version: String) async throws {
        let simulator = try await Simulator()
        func read<Reader: RecordReader>(_ type: Reader.Type, _ name: String) async throws -> Decoded<Reader.Record> {
            let decoded = try Decoded(type, try await simulator.get("/slurmdb/\(version)/\(name)"))
            #expect(decoded.records.count > 0 && decoded.answer.oddities.isEmpty)
            return decoded
        }
        let clusters = try await read(ClustersReader.self, "clusters")
        #expect(clusters.records.contains { $0.configured[.cpu] ?? 0 > 0 && !$0.controllerHost.isEmpty })
        let resources = try await read(TrackedResourcesReader.self, "tres")
        #expect(resources.records.contains { resources.symbols[$0.name] == "gpu" })
        _ = try await read(WorkloadKeysReader.self, "wckeys")
        let database = try await read(DatabaseReader.self, "diag")
        #expect(database.records[0].rollups.contains { $0.period == .hourly && $0.lastRun != nil })
        #expect(database.records[0].callsByType.allSatisfy { $0.microseconds > 0 })
        let controllers = try Decoded(ControllersReader.self, try await simulator.get("/slurm/\(version)/ping"))
        #expect(controllers.records.map(\.isUp) == [true, true, false])
        #expect(controllers.records.map(\.role).prefix(2) == ["primary", "backup"])
    }
}
