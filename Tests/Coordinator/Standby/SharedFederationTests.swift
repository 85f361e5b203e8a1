import Federation
import HTTP
import HTTPClient
import HTTPServer
import Locks
import Merging
import Metrics
import ServiceRuntime
import Slurm
import Snapshots
import Standby
import TestSupport
import Testing

private struct FixedSlices: SliceDirectory {
    let slices: [ServedSlice]?
}

/// A standby over real connections, beside a leader that the test plays.
struct SharedFederationTests {
    private final class Role: Leadership {
        private let state: Locked<(since: MonotonicClock.Instant?, url: String?)>

        let isElected: Bool

        init(leads: Bool, leaderURL: String?, isElected: Bool = true) {
            self.isElected = isElected
            state = Locked((leads ? MonotonicClock.system.now : nil, leaderURL))
        }

        var ledSince: MonotonicClock.Instant? { state.withLock { $0.since } }

        var leaderURL: String? { state.withLock { $0.url } }

        func takeOver() { state.withLock { $0 = (MonotonicClock.system.now, nil) } }

        func loseSight() { state.withLock { $0.url = nil } }

        func turn(to url: String) { state.withLock { $0.url = url } }
    }

    private static func serve(_ answer: @escaping Router.Handler) throws -> (HTTPServer, url: String) {
        var router = Router()
        router.addFederation(answer)
        let server = try HTTPServer(on: [.exactly(.ipv4(0x7F00_0001, port: 0))], responder: router)
        return (server, "http://127.0.0.1:\(server.addresses[0].port!)")
    }

    private func get(
        _ url: String, _ fields: KeyValuePairs<String, String> = [:], name: String = "up"
    ) async throws -> (
        status: Int, source: String?, body: String, type: String?
    ) {
        let response = try await HTTPClient().send(
            try HTTPClient.Request(.get, url + "/federate?match[]=\(name)", fields: fields))
        let (source, type) = (response.fields["X-Slurm-Federate-Source"], response.fields["Content-Type"])
        let body = String(decoding: try await response.body.collect(upTo: 1 << 20), as: UTF8.self)
        return (response.status, source, body, type)
    }

    /// Asks a coordinator in this role.
    ///
    /// - Parameters:
    ///   - whole: how long it has nothing to show when something is missing; it is asked at once then.
    ///   - patience: of its answers.
    private func asking<Result>(
        _ role: Role, _ slices: [ServedSlice]? = [], pace: Duration = .milliseconds(50), whole: Duration? = nil,
        patience: AnswerPatience = AnswerPatience(), _ body: (String) async throws -> Result
    ) async throws -> Result {
        let federation = Federation()
        federation.arrange([FleetGatherer.source])
        var settings = FleetGatherer.Settings()
        settings.interval = .milliseconds(50)
        settings.timeout = .seconds(60)
        settings.patience.whole = whole ?? .milliseconds(100)
        let gatherer = FleetGatherer(
            FixedSlices(slices: slices), figures: [], federation: federation, settings: settings,
            logger: CollectedLog().log().logger("test"), pace: { pace })
        let gathering = Task { try await gatherer.run() }
        defer { gathering.cancel() }
        let isReady = await eventually { whole != nil || federation.waitingFor.isEmpty }
        #expect(isReady)
        let shared = try SharedFederation(federation, gatherer, role, patience: patience)
        let (server, url) = try Self.serve { shared.answer(to: $0) }
        let result = try await body(url)
        withExtendedLifetime(server) {}
        return result
    }

    @Test func theLeaderAnswersItself() async throws {
        let answer = try await asking(Role(leads: true, leaderURL: nil)) { try await get($0) }
        #expect(answer.status == 200 && answer.source == "leader")
    }

    @Test func aStandbyGivesTheLeadersAnswer() async throws {
        let (leader, url) = try Self.serve { request in
            let wish = request.fields.combined("Accept") ?? ""
            return .response(
                Response(.ok, ["Content-Type": "text/fancy"], text: "\(request.target.query ?? "") \(wish)"))
        }
        let answer = try await asking(Role(leads: false, leaderURL: url)) { try await get($0, ["Accept": "fancy"]) }
        #expect(answer.status == 200 && answer.source == "leader")
        #expect(answer.body == "match[]=up fancy\n")
        withExtendedLifetime(leader) {}
    }

    @Test(arguments: [HTTPStatus.serviceUnavailable, .internalServerError, .unauthorized])
    func aStandbyAnswersWhereTheLeaderCannot(_ status: HTTPStatus) async throws {
        let (leader, url) = try Self.serve { _ in .response(Response(status)) }
        let answer = try await asking(Role(leads: false, leaderURL: url)) { try await get($0) }
        #expect(answer.status == 200 && answer.source == "own")
        withExtendedLifetime(leader) {}
    }

    @Test(arguments: [nil, "http://127.0.0.1:1"]) func aStandbyWithoutALeaderAnswers(_ url: String?) async throws {
        let answer = try await asking(Role(leads: false, leaderURL: url)) { try await get($0) }
        #expect(answer.status == 200 && answer.source == "own")
    }

    @Test func aLeaderThatHangsIsWaitedForOnce() async throws {
        let asked = Locked(0)
        let (leader, url) = try Self.serve { _ in
            asked.withLock { $0 += 1 }
            return .work { _ in try await Task.sleep(for: .seconds(60)) }
        }
        var patience = AnswerPatience()
        patience.doubt = .seconds(60)
        let sources = try await asking(Role(leads: false, leaderURL: url), patience: patience) { standby in
            [try await get(standby).source, try await get(standby).source]
        }
        #expect(sources == ["own", "own"])
        #expect(asked.withLock { $0 } <= 1)
        withExtendedLifetime(leader) {}
    }

    /// The leader's answer never ends, and a shard that was well before never begins.
    @Test func whoHangsDelaysNobodyForLong() async throws {
        let (leader, url) = try Self.serve { _ in
            .work { writer in
                while true {
                    try await writer.write([UInt8(ascii: "#")])
                    try await Task.sleep(for: .milliseconds(50))
                }
            }
        }
        let asked = Locked(0)
        let (shard, shardURL) = try Self.serve { _ in
            guard
                asked.withLock({ count in
                    count += 1; return count
                }) > 1
            else {
                return .response(Response(.serviceUnavailable))
            }
            return .work { _ in try await Task.sleep(for: .seconds(60)) }
        }
        let slice = ServedSlice(
            name: "one", shares: [.init(cluster: "alpha", collector: "jobs")], addresses: [shardURL + "/federate"])
        let (source, took) = try await asking(Role(leads: false, leaderURL: url), [slice]) { standby in
            let isHanging = await eventually { asked.withLock { $0 } > 1 }
            #expect(isHanging)
            let start = ContinuousClock.now
            return (try await get(standby).source, start.duration(to: .now))
        }
        #expect(source == "own" && took < .seconds(10), "\(took)")
        withExtendedLifetime((leader, shard)) {}
    }

    @Test func aLeaderAndACopyAreWaitedForNoLongerThanOneOfThem() async throws {
        let (leader, url) = try Self.serve { _ in
            .work { writer in
                while true {
                    try await writer.write([UInt8(ascii: "#")])
                    try await Task.sleep(for: .milliseconds(50))
                }
            }
        }
        var patience = AnswerPatience()
        (patience.answer, patience.leader.ends) = (.seconds(8), .milliseconds(7500))
        let (status, took) = try await asking(
            Role(leads: false, leaderURL: url), nil, whole: .seconds(60), patience: patience
        ) {
            let start = ContinuousClock.now
            return (try await get($0).status, start.duration(to: .now))
        }
        #expect(status == 503 && took < .seconds(13), "\(took)")
        withExtendedLifetime(leader) {}
    }

    /// Waits until a shard that was asked isn't asked any more.
    private func becomesQuiet(_ asked: Locked<Int>) async {
        let isQuiet = await eventually {
            let before = asked.withLock { $0 }
            try? await Task.sleep(for: .milliseconds(200))
            return before > 0 && asked.withLock { $0 } == before
        }
        #expect(isQuiet)
    }

    /// What it has itself may be older than what the last leader has shown.
    @Test(arguments: [true, false]) func whoAnswersInTheLeadersPlaceHasAskedSince(_ takesOver: Bool) async throws {
        let asked = Locked(0)
        let (shard, shardURL) = try Self.serve { _ in
            asked.withLock { $0 += 1 }
            return .response(Response(.serviceUnavailable))
        }
        let (leader, url) = try Self.serve { _ in .response(Response(.ok, text: "leader")) }
        let slice = ServedSlice(name: "one", addresses: [shardURL + "/federate"])
        let role = Role(leads: false, leaderURL: url)
        try await asking(role, [slice], pace: .seconds(60)) { standby in
            await becomesQuiet(asked)
            let first = try await get(standby).source
            #expect(first == "leader")
            let before = asked.withLock { $0 }
            if takesOver { role.takeOver() } else { role.loseSight() }
            let second = try await get(standby).source
            #expect(second == (takesOver ? "leader" : "own"))
            #expect(asked.withLock { $0 } > before)
        }
        withExtendedLifetime((leader, shard)) {}
    }

    /// What the leader has may be older than what a standby has shown of its own.
    @Test func aLeaderIsToldWhatWasShownWithoutIt() async throws {
        let (isAway, ages) = (Locked(false), Locked<[Int?]>([]))
        let (leader, url) = try Self.serve { request in
            ages.withLock { $0.append(request.fields.combined("X-Slurm-Federate-Age").flatMap { Int($0) }) }
            return .response(Response(isAway.withLock { $0 } ? .serviceUnavailable : .ok))
        }
        let start = ContinuousClock.now
        try await asking(Role(leads: false, leaderURL: url)) { standby in
            for away in [false, true, false] {
                isAway.withLock { $0 = away }
                let source = try await get(standby).source
                #expect(source == (away ? "own" : "leader"))
            }
        }
        let told = ages.withLock { $0 }
        #expect(told.count == 3 && told[0] == nil && told[1] == nil)
        #expect(try (0...Int(start.duration(to: .now) / .milliseconds(1))).contains(#require(told[2])))
        withExtendedLifetime(leader) {}
    }

    @Test func aLeaderIsToldWhatWasShownOfAnother() async throws {
        let ages = Locked<[Bool]>([])
        func serve() throws -> (HTTPServer, url: String) {
            try Self.serve { request in
                ages.withLock { $0.append(request.fields.combined("X-Slurm-Federate-Age") != nil) }
                return .response(Response(.ok))
            }
        }
        let (first, second) = (try serve(), try serve())
        let role = Role(leads: false, leaderURL: first.url)
        try await asking(role) { standby in
            for url in [first.url, first.url, second.url, second.url] {
                role.turn(to: url)
                _ = try await get(standby)
            }
        }
        #expect(ages.withLock { $0 } == [false, false, true, false])
        withExtendedLifetime((first, second)) {}
    }

    @Test func aLeaderShowsNothingOlderThanAStandbyHas() async throws {
        let asked = Locked(0)
        let (shard, shardURL) = try Self.serve { _ in
            asked.withLock { $0 += 1 }
            return .response(Response(.serviceUnavailable))
        }
        let slice = ServedSlice(name: "one", addresses: [shardURL + "/federate"])
        var patience = AnswerPatience()
        patience.leadersCopy = .seconds(60)
        let role = Role(leads: true, leaderURL: nil)
        try await asking(role, [slice], pace: .seconds(60), patience: patience) { leader in
            _ = try await get(leader)
            await becomesQuiet(asked)
            for (age, isAsked) in [("60000", false), ("0", true)] {
                let before = asked.withLock { $0 }
                _ = try await get(leader, ["X-Slurm-Federate-Relayed": "1", "X-Slurm-Federate-Age": age])
                #expect((asked.withLock { $0 } > before) == isAsked, "\(age)")
            }
        }
        withExtendedLifetime(shard) {}
    }

    private static func snapshots() async -> Snapshots {
        var settings = SnapshotSettings()
        settings.slice = "one"
        let snapshots = Snapshots(settings, registry: MetricRegistry())
        var table = SeriesTable(MetricFamily("slurm_jobs_pending", .gauge, help: "Jobs.", merge: .sum, feed: .jobs))
        let row = table.row()
        table.set(7, at: row)
        await snapshots.publish(
            FeedSnapshot(
                cluster: "alpha", feed: .jobs, generation: 1, answered: Timestamp(1_700_000_000),
                taken: MonotonicClock.system.now, lifetime: .seconds(90),
                collectors: [CollectorTables(collector: "jobs", tables: [table])]), took: .zero)
        return snapshots
    }

    /// What was heard before may be older than what another leader has shown; who is alone has shown all that there was.
    @Test(arguments: [true, false], [true, false])
    func ofAShardThatIsSilentOnlyWhoIsAloneShowsWhatItHad(_ isElected: Bool, _ takesOver: Bool) async throws {
        let (snapshots, isAway) = (await Self.snapshots(), Locked(false))
        var router = Router()
        try router.add(.get, "/snapshots/{slice}") { request in
            isAway.withLock { $0 }
                ? .response(Response(.serviceUnavailable)) : snapshots.document(for: request)
        }
        let shard = try HTTPServer(on: [.exactly(.ipv4(0x7F00_0001, port: 0))], responder: router)
        let slice = ServedSlice(
            name: "one", shares: [.init(cluster: "alpha", collector: "jobs")],
            addresses: ["http://127.0.0.1:\(shard.addresses[0].port!)/snapshots/one"])
        let role = Role(leads: false, leaderURL: nil, isElected: isElected)
        try await asking(role, [slice]) { coordinator in
            func isShown() async throws -> Bool {
                try await get(coordinator, name: "slurm_jobs_pending").body.contains("slurm_jobs_pending{")
            }
            #expect(try await isShown())
            isAway.withLock { $0 = true }
            if takesOver { role.takeOver() } else { try await Task.sleep(for: .milliseconds(2100)) }
            #expect(try await isShown() == !isElected)
            isAway.withLock { $0 = false }
            let isBack = try await eventually { try await isShown() }
            #expect(isBack)
        }
        withExtendedLifetime(shard) {}
    }

    @Test func aBodyThatBreaksOffIsNotPassedOn() async throws {
        let (leader, url) = try Self.serve { _ in
            .work { writer in
                writer.start(.ok, length: 1000)
                try await writer.write(Array("half\n".utf8))
                writer.abort()
            }
        }
        let answer = try await asking(Role(leads: false, leaderURL: url)) { try await get($0) }
        #expect(answer.status == 200 && answer.source == "own" && !answer.body.contains("half"))
        withExtendedLifetime(leader) {}
    }

    @Test func whatAnotherCoordinatorAsksIsNotPassedOn() async throws {
        let (leader, url) = try Self.serve { _ in .response(Response(.ok, text: "leader")) }
        let answer = try await asking(Role(leads: false, leaderURL: url)) {
            try await get($0, ["X-Slurm-Federate-Relayed": "1"])
        }
        #expect(answer.source == "own")
        withExtendedLifetime(leader) {}
    }
}
