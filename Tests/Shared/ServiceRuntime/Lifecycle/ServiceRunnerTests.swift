import Locks
import TestSupport
import Testing

@testable import ServiceRuntime

struct ServiceRunnerTests {
    private let time = ManualClock()
    private let collected = CollectedLog()
    private let journal = Journal()
    private let signals = AsyncStream.makeStream(of: Signal.self)

    @Test func signalsReloadAndStop() async throws {
        let running = run([FakeService("a", journal), FakeService("b", journal)])
        try #require(await eventually { journal.entries == ["start a", "start b"] })
        signals.continuation.yield(.hangUp)
        try #require(await eventually { journal.entries.suffix(2) == ["reload a", "reload b"] })
        signals.continuation.yield(.terminate)
        #expect(await running.value.exitCode == .success)
        #expect(journal.entries.suffix(2) == ["stop b", "stop a"])
    }

    @Test func aFailedStartNamesTheServiceAndStopsTheOthers() async {
        let outcome = await run([FakeService("a", journal), FakeService("b", journal, start: .fail)]).value
        #expect(outcome.failure == ServiceFailure(service: "b", reason: .startFailed("Failure()")))
        #expect(outcome.exitCode == .failure)
        #expect(journal.entries == ["start a", "start b", "stop a"])
    }

    @Test func aStartThatHangsIsGivenUpAtItsLimit() async throws {
        let running = run([FakeService("a", journal), FakeService("b", journal, start: .hang)])
        try #require(await eventually { journal.entries == ["start a", "start b"] })
        await time.sleepers(1)
        time.advance(by: ServiceLimits().start)
        #expect(await running.value.failure == ServiceFailure(service: "b", reason: .startOverran))
        #expect(journal.entries.last == "stop a")
    }

    @Test func aStopThatHangsIsReportedAndTheOthersStop() async throws {
        let running = run([FakeService("a", journal), FakeService("b", journal, stop: .hang)])
        try #require(await eventually { journal.entries == ["start a", "start b"] })
        signals.continuation.yield(.interrupt)
        try #require(await eventually { journal.entries.last == "stop b" })
        await time.sleepers(1)
        time.advance(by: ServiceLimits().stop)
        let outcome = await running.value
        #expect(outcome == ServiceOutcome(failure: nil, leftBehind: ["b"]))
        #expect(outcome.exitCode == .failure)
        #expect(journal.entries.last == "stop a")
        #expect(collected.lines.contains { $0.contains("left behind") && $0.contains("service=b") })
    }

    @Test(arguments: [FakeService.Behaviour.fail, .succeed])
    func aServiceThatEndsBringsTheProgramDown(run behaviour: FakeService.Behaviour) async {
        let outcome = await run([FakeService("a", journal, run: behaviour), FakeService("b", journal)]).value
        #expect(outcome.failure?.service == "a")
        #expect(outcome.exitCode == .failure)
        #expect(journal.entries.last == "stop a")
    }

    @Test func aStopCancelsTheStartUnderWay() async throws {
        let running = run([FakeService("a", journal, start: .awaitCancellation), FakeService("b", journal)])
        try #require(await eventually { journal.entries == ["start a"] })
        signals.continuation.yield(.terminate)
        #expect(await running.value.exitCode == .success)
        #expect(journal.entries == ["start a"])
    }

    private func run(_ services: [FakeService]) -> Task<ServiceOutcome, Never> {
        let runner = ServiceRunner(logger: collected.log().logger("services"), clock: time.clock)
        let stream = signals.stream
        return Task { await runner.run(services, signals: stream) }
    }
}

final class Journal: Sendable {
    private let written = Locked<[String]>([])

    var entries: [String] { written.withLock { $0 } }

    func write(_ entry: String) {
        written.withLock { $0.append(entry) }
    }
}

struct FakeService: Service {
    enum Behaviour {
        case succeed, fail, awaitCancellation
        /// Not even when cancelled does it come back.
        case hang

        func perform() async throws {
            switch self {
            case .succeed: return
            case .fail: throw Failure()
            case .awaitCancellation: try await Task.sleep(for: .seconds(3_600))
            case .hang: await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
            }
        }
    }

    struct Failure: Error {}

    let name: String
    private let journal: Journal
    private let behaviours: (start: Behaviour, run: Behaviour, stop: Behaviour)

    init(
        _ name: String, _ journal: Journal, start: Behaviour = .succeed, run: Behaviour = .awaitCancellation,
        stop: Behaviour = .succeed
    ) {
        self.name = name
        self.journal = journal
        self.behaviours = (start, run, stop)
    }

    func start() async throws {
        journal.write("start \(name)")
        try await behaviours.start.perform()
    }

    func run() async throws {
        try await behaviours.run.perform()
    }

    func stop(before deadline: MonotonicClock.Instant) async {
        journal.write("stop \(name)")
        try? await behaviours.stop.perform()
    }

    func reload() async throws {
        journal.write("reload \(name)")
    }
}
