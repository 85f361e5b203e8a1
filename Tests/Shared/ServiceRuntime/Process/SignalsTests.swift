import Glibc
import ServiceRuntime
import TestSupport
import Testing

/// With a real program, since a process has one set of handlers.
struct SignalsTests {
    @Test(arguments: [Signal.terminate, .interrupt])
    func theFirstRequestStopsInOrder(signal: Signal) async throws {
        let probe = try await started("obey")
        probe.send(signal.rawValue)
        #expect(try await probe.exit() == ExitCode.success.rawValue)
    }

    @Test(arguments: [(Signal.terminate, ExitCode.terminated), (.interrupt, .interrupted)])
    func theSecondRequestEndsWhateverHangs(signal: Signal, code: ExitCode) async throws {
        let probe = try await started("hang")
        probe.send(SIGTERM)
        try #require(await eventually { probe.standardError.contains("stop requested") })
        #expect(probe.isRunning)
        probe.send(signal.rawValue)
        #expect(try await probe.exit() == code.rawValue)
    }

    @Test func aSignalBeforeAnyoneReadsIsNotLost() async throws {
        let probe = try ChildProcess(builtProgram("ServiceProbe"), ["late"])
        try #require(await eventually { probe.standardError.contains("listening") })
        probe.send(SIGTERM)
        #expect(try await probe.exit() == ExitCode.success.rawValue)
    }

    @Test func hangUpReloads() async throws {
        let probe = try await started("obey")
        probe.send(SIGHUP)
        try #require(await eventually { probe.standardError.contains("service reload done") })
        #expect(probe.isRunning)
        probe.send(SIGTERM)
        #expect(try await probe.exit() == ExitCode.success.rawValue)
    }

    @Test func aBrokenPipeIsSurvived() async throws {
        let probe = try await started("obey")
        probe.send(SIGPIPE)
        probe.send(SIGTERM)
        #expect(try await probe.exit() == ExitCode.success.rawValue)
    }

    @Test func signalsThatTheParentBlockedAreHeard() async throws {
        let blocking = """
            import os, signal, sys
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
            os.execv(sys.argv[1], sys.argv[1:])
            """
        let probe = try ChildProcess("python3", ["-c", blocking, builtProgram("ServiceProbe"), "obey"])
        try #require(await eventually { probe.standardError.contains("service start done") })
        probe.send(SIGTERM)
        #expect(try await probe.exit() == ExitCode.success.rawValue)
    }

    @Test func aServiceThatFailsEndsTheProgram() async throws {
        let probe = try ChildProcess(builtProgram("ServiceProbe"), ["fail"])
        #expect(try await probe.exit() == ExitCode.failure.rawValue)
    }

    private func started(_ behaviour: String) async throws -> ChildProcess {
        let probe = try ChildProcess(builtProgram("ServiceProbe"), [behaviour])
        try #require(await eventually { probe.standardError.contains("service start done") })
        return probe
    }
}
