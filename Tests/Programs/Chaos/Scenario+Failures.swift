import Foundation
import Locks
import SQLite
import TestSupport

/// Calls to the store's files that are a coordinator's last ones, or go wrong.
extension Scenario {
    static var failures: [Scenario] {
        let (deaths, errors) = (Locked(Sweep(deadly)), Locked(Sweep(erroneous)))
        return [
            Scenario(name: "F-11", help: "a coordinator dies at each of its writes on the way to lead") { stage in
                try await stage.strike(10, deaths)
            },
            Scenario(name: "F-12", help: "a coordinator's writes, syncs and locks fail on the way to lead") { stage in
                try await stage.strike(12, errors)
            },
            Scenario(name: "F-13", help: "nothing but SQLite opens the store in a coordinator") { stage in
                try await stage.isTraced()
            },
            Scenario(
                name: "F-15", help: "a third coordinator comes and goes, in order or not",
                makeup: .init(coordinators: 3)
            ) { stage in
                try await stage.comeAndGo(25)
            },
        ]
    }

    private static let deadly: [(FailingCalls.Call, FailingCalls.Way)] = [
        (.writeOrSync, .deathBefore), (.writeOrSync, .deathInside), (.writeOrSync, .deathAfter),
    ]

    private static let erroneous: [(FailingCalls.Call, FailingCalls.Way)] = [
        (.write, .error(EIO)), (.write, .error(ENOSPC)), (.write, .error(EINTR)), (.sync, .error(EIO)),
        (.lock, .error(ENOLCK)), (.lock, .error(EINTR)), (.lock, .error(EIO)),
    ]
}

/// The first call of each kind, in each way, then the second one, and so on for as long as calls come; from one round to the
/// next.
private struct Sweep {
    struct Point {
        let number: Int
        let call: FailingCalls.Call
        let way: FailingCalls.Way
    }

    private let ways: [(FailingCalls.Call, FailingCalls.Way)]
    private var next = 0

    init(_ ways: [(FailingCalls.Call, FailingCalls.Way)]) { self.ways = ways }

    mutating func point() -> Point {
        defer { next += 1 }
        let (call, way) = ways[next % ways.count]
        return Point(number: next / ways.count + 1, call: call, way: way)
    }

    mutating func beginAnew() { next = 0 }
}

extension Stage {
    fileprivate func strike(_ times: Int, _ sweep: Locked<Sweep>) async throws {
        let calls = try await FailingCalls(to: fleet.storePath)
        var numbers: [Int] = []
        for _ in 0..<times {
            let point = sweep.withLock { $0.point() }
            if try await strike(point, calls) {
                numbers.append(point.number)
            } else {
                sweep.withLock { $0.beginAnew() }
            }
        }
        say(
            "  \(numbers.count) calls went wrong, of their kind number \(numbers.map(String.init).joined(separator: ", "))"
        )
        await settles()
    }

    /// - Returns: whether there was such a call.
    private func strike(_ point: Sweep.Point, _ calls: FailingCalls) async throws -> Bool {
        await leads("before the next")
        let leader = await fleet.leader() ?? leader
        let place = 1 - leader
        let epoch = try storedEpoch()
        fleet.coordinators[place].send(SIGKILL)
        _ = try await fleet.coordinators[place].exit()
        try fleet.restart(place, environment: calls.environment(point.number, point.call, point.way))
        let process = fleet.coordinators[place]
        let fleet = fleet
        _ = await eventually(within: .seconds(3)) {
            let answers = await fleet.report(place) != nil
            return answers || calls.hasStruck
        }
        try? await fleet.client.post("http://\(fleet.addresses[leader])/api/v1/step-down")
        _ = await eventually(within: ChaosFleet.lifetime * 2) { calls.hasStruck }
        guard calls.hasStruck else {
            // There are no so many calls on the way; the next one of those that come later would strike.
            try await replace(place)
            return false
        }
        await judge(process, at: place, after: point)
        let later = try storedEpoch()
        expect(later >= epoch, "\(point): the epoch went from \(epoch) to \(later)")
        return true
    }

    private func judge(_ process: ChildProcess, at place: Int, after point: Sweep.Point) async {
        guard !point.way.isDeadly else {
            let status = try? await process.exit(within: .seconds(5))
            return expect(status == -SIGKILL, "\(point): it ended with \(status ?? 0)")
        }
        let end = ContinuousClock.now + ChaosFleet.lifetime / 2
        while ContinuousClock.now < end {
            if let report = await fleet.report(place), report.leads, let epoch = report.epoch {
                let stored = (try? storedEpoch()).map { UInt64($0) } ?? epoch
                expect(stored >= epoch, "\(point): it leads in epoch \(epoch), and \(stored) is stored")
            }
            try? await Task.sleep(for: .milliseconds(50))
        }
        expect(process.isRunning, "\(point): it has ended:\n\(process.standardError.suffix(1000))")
    }

    /// What is in the store, which has to be sound.
    private func storedEpoch() throws -> Int64 {
        let store = try Database(path: fleet.storePath)
        if let damage = try store.damage() { expect(false, "the store is damaged: \(damage)") }
        return try store.run("SELECT epoch FROM lease").first?.first?.integer ?? 0
    }
}

extension Stage {
    fileprivate func isTraced() async throws {
        let directory = try TemporaryDirectory()
        let trace = directory.path("trace")
        try await replace(
            standby, under: ["strace", "-D", "-f", "-qq", "-e", "trace=open,openat,openat2,creat", "-o", trace])
        try await handOver(to: standby)
        await staysAsItIs(for: fleet.makeup.lifetime * 2)
        try await replace(standby)
        let opened = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n").filter {
            $0.contains("\"\(fleet.storePath)\"")
        }
        // SQLite follows no links.
        expect(opened.contains { $0.contains("O_NOFOLLOW") }, "nothing was traced")
        for line in opened where !line.contains("O_NOFOLLOW") { expect(false, "somebody else opens it: \(line)") }
    }

    /// - Parameter times: how often somebody comes.
    fileprivate func comeAndGo(_ times: Int) async throws {
        let place = fleet.addresses.count - 1
        let before = Footprint(of: fleet.coordinators[0])
        for _ in 0..<times {
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...800)))
            fleet.coordinators[place].send([SIGTERM, SIGKILL].randomElement()!)
            _ = try await fleet.coordinators[place].exit(within: .seconds(20))
            await leads("after one has gone")
            try fleet.restart(place)
        }
        await settles()
        guard let before, let after = Footprint(of: fleet.coordinators[0]) else {
            return expect(false, "another one has gone, too")
        }
        expect(
            after.descriptors <= before.descriptors + 4, "descriptors: \(before.descriptors), then \(after.descriptors)"
        )
        expect(after.threads <= before.threads + 4, "threads: \(before.threads), then \(after.threads)")
        let known = try Database(path: fleet.storePath).run("SELECT name FROM coordinator").count
        expect(known == fleet.addresses.count, "\(known) coordinators are known")
    }
}
