import Foundation
import ServiceRuntime
import TestSupport
import Testing

@testable import Commands

/// With real programs. One after another: some look at what this process has open.
@Suite(.serialized) struct RunningCommandTests {
    private func shell(
        _ script: String, environment: [String: String] = ["PATH": "/usr/bin:/bin"],
        _ change: (inout Command.Limits) -> Void = { _ in }
    ) -> Command {
        var command = Command("/bin/sh", ["-c", script], environment: environment)
        command.limits.grace = .milliseconds(200)
        change(&command.limits)
        return command
    }

    private func run(_ command: Command) async throws -> (output: String, errors: String, end: CommandEnd?) {
        let running = try RunningCommand(command)
        var output: [UInt8] = []
        while let chunk = try await running.next() { output += chunk }
        return (
            String(decoding: output, as: UTF8.self), String(decoding: running.errors, as: UTF8.self), running.end
        )
    }

    private func failure(_ command: Command) async -> CommandError.Kind? {
        do {
            _ = try await run(command)
            return nil
        } catch {
            return (error as? CommandError)?.kind
        }
    }

    /// Cancels it once it has written a number.
    private func failure(_ command: Command, cancelledIn directory: TemporaryDirectory) async -> CommandError.Kind? {
        let task = Task { await failure(command) }
        #expect(await eventually { (try? number(in: directory))?.isEmpty == false })
        task.cancel()
        return await task.value
    }

    private func number(in directory: TemporaryDirectory) throws -> String {
        try String(contentsOfFile: directory.path("pid"), encoding: .utf8)
    }

    private func isAlive(_ identifier: String) -> Bool {
        pid_t(identifier.trimmingCharacters(in: .whitespacesAndNewlines)).map { kill($0, 0) == 0 } ?? false
    }

    @Test(arguments: [0, 1, 7, 255]) func theExitCodeIsPassedOn(code: Int32) async throws {
        let (output, errors, end) = try await run(shell("echo out; echo err >&2; exit \(code)"))
        #expect((output, errors) == ("out\n", "err\n"))
        #expect(end == .exited(code))
    }

    @Test func soIsTheSignalThatEndedIt() async throws {
        #expect(try await run(shell("kill -9 $$")).end == .killed(signal: SIGKILL))
    }

    @Test func whatItTookIsMeasured() async throws {
        let running = try RunningCommand(shell("i=0; while [ $i -lt 20000 ]; do i=$((i + 1)); done"))
        while try await running.next() != nil {}
        #expect(running.usage.processorSeconds > 0.001)
        #expect(running.usage.peakBytes > 100_000)
    }

    @Test func argumentsAreNoShells() async throws {
        let arguments = ["%s|", "a b", "$HOME", "`id`", "\u{1F}\u{1E}", "", "größe"]
        let (output, _, _) = try await run(Command("/usr/bin/printf", arguments, environment: [:]))
        #expect(output == arguments.dropFirst().map { $0 + "|" }.joined())
    }

    @Test func theEnvironmentIsWhatIsGiven() async throws {
        let (output, _, _) = try await run(Command("/usr/bin/env", [], environment: ["A": "1", "LC_ALL": "C"]))
        #expect(output.split(separator: "\n").sorted() == ["A=1", "LC_ALL=C"])
    }

    @Test func itReadsNothingAndInheritsNothing() async throws {
        // A number that no shell gets to by itself.
        let leaked = fcntl(STDERR_FILENO, F_DUPFD, 200)
        defer { close(leaked) }
        let (output, _, end) = try await run(shell("cat; cd /proc/self/fd; echo *"))
        // The last one is the directory that the shell's pattern opens.
        #expect(output.split(whereSeparator: \.isWhitespace).prefix(3) == ["0", "1", "2"])
        #expect(leaked >= 200 && !output.split(whereSeparator: \.isWhitespace).contains("\(leaked)"))
        #expect(end == .exited(0))
    }

    @Test func noSignalIsBlockedOrIgnored() async throws {
        let (output, _, _) = try await run(Command("/bin/grep", ["Sig[BI]", "/proc/self/status"], environment: [:]))
        // posix_spawn ignores the two that glibc keeps to itself.
        let own: UInt64 = 0b11 << 31
        let masks = output.split(separator: "\n").compactMap { UInt64($0.suffix(16), radix: 16) }
        #expect(masks.map { $0 & ~own } == [0, 0])
    }

    @Test func aMissingProgramIsSaidSo() {
        #expect(throws: CommandError.self) { try RunningCommand(Command("/no/such", [], environment: [:])) }
        #expect { try RunningCommand(Command("no-such-program", [], environment: [:])) } throws: {
            ($0 as? CommandError)?.kind == .missing
        }
        #expect { try RunningCommand(Command("/etc/passwd", [], environment: [:])) } throws: {
            ($0 as? CommandError)?.kind == .unusable
        }
    }

    @Test func allOfALongOutputArrives() async throws {
        let (output, _, end) = try await run(shell("head -c 20000000 /dev/zero | tr '\\0' x") { $0.backlog = 1 << 16 })
        #expect(output.utf8.count == 20_000_000)
        #expect(end == .exited(0))
    }

    @Test func endlessOutputIsBounded() async throws {
        #expect(await failure(shell("yes") { $0.outputBytes = 1 << 20 }) == .tooLarge)
    }

    @Test func whatNobodyPullsWaitsInTheProgram() async throws {
        let running = try RunningCommand(shell("yes") { $0.backlog = 100_000 })
        var last = -1
        let stands = await eventually {
            defer { last = running.outputBytes }
            return last > 0 && running.outputBytes == last
        }
        #expect(stands)
        #expect(running.outputBytes < 300_000)
        let chunk = try await running.next()
        #expect(chunk?.isEmpty == false)
    }

    @Test func standardErrorIsBoundedAndHoldsUpNobody() async throws {
        let (output, errors, end) = try await run(
            shell("yes complaint | head -c 3000000 >&2; echo done") { $0.errorBytes = 1000 })
        #expect(output == "done\n")
        #expect(errors.utf8.count == 1000)
        #expect(end == .exited(0))
    }

    @Test func whoTakesTooLongIsEnded() async throws {
        #expect(await failure(shell("sleep 1000") { $0.duration = .milliseconds(100) }) == .timeout)
    }

    @Test func whoDoesNotListenIsKilled() async throws {
        let directory = try TemporaryDirectory()
        let script = "trap '' TERM; echo $$ > \(directory.path("pid")); while :; do sleep 1; done"
        #expect(await failure(shell(script), cancelledIn: directory) == .cancelled)
        #expect(try await eventually { try !isAlive(number(in: directory)) })
    }

    @Test func whoClosesItsOutputIsWaitedForAllTheSame() async throws {
        let (output, _, end) = try await run(shell("echo first; exec >&- 2>&-; sleep 0.3; exit 3"))
        #expect(output == "first\n")
        #expect(end == .exited(3))
        #expect(await failure(shell("exec >&- 2>&-; sleep 1000") { $0.duration = .milliseconds(100) }) == .timeout)
    }

    @Test func grandchildrenEndToo() async throws {
        let directory = try TemporaryDirectory()
        let script = "sleep 1000 & echo $! > \(directory.path("pid")); wait"
        #expect(await failure(shell(script), cancelledIn: directory) == .cancelled)
        #expect(try await eventually { try !isAlive(number(in: directory)) })
    }

    @Test func whatAProgramLeavesBehindIsEndedAndHoldsUpNobody() async throws {
        let (output, _, end) = try await run(shell("sleep 1000 & echo $!; exit 0"))
        #expect(end == .exited(0))
        #expect(await eventually { !isAlive(output) })
    }

    @Test func whoLeavesTheGroupHoldsUpNobody() async throws {
        let (output, _, end) = try await run(shell("setsid sleep 1000 & sleep 0.2; echo $!"))
        #expect(end == .exited(0))
        _ = pid_t(output.trimmingCharacters(in: .newlines)).map { kill($0, SIGKILL) }
    }

    @Test func cancellationEndsIt() async throws {
        let directory = try TemporaryDirectory()
        let command = shell("echo $$ > \(directory.path("pid")); exec sleep 1000")
        #expect(await failure(command, cancelledIn: directory) == .cancelled)
        #expect(try !isAlive(number(in: directory)))
    }

    @Test func soDoesLettingGo() async throws {
        let directory = try TemporaryDirectory()
        var running: RunningCommand? = try RunningCommand(
            shell("echo $$ > \(directory.path("pid")); exec sleep 1000"))
        #expect(
            await eventually { (try? String(contentsOfFile: directory.path("pid"), encoding: .utf8))?.isEmpty == false }
        )
        #expect(running?.end == nil)
        running = nil
        let identifier = try String(contentsOfFile: directory.path("pid"), encoding: .utf8)
        #expect(await eventually { !isAlive(identifier) })
    }

    @Test func nothingIsLeftOfAHundredRuns() async throws {
        func descriptors() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }
        func threads() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count }
        func zombies() async throws -> Int {
            let children = try String(contentsOfFile: "/proc/self/task/\(getpid())/children", encoding: .utf8)
            return children.split(separator: " ").count
        }
        _ = try await run(shell("echo"))
        let before = (try descriptors(), try threads(), try await zombies())
        for round in 0..<100 {
            _ = try await run(shell("echo \(round)"))
            #expect(throws: CommandError.self) { try RunningCommand(Command("/no/such", [], environment: [:])) }
        }
        let isClean = try await eventually {
            try descriptors() <= before.0 + 2 && threads() <= before.1 + 4
        }
        let after = (try descriptors(), try threads(), try await zombies())
        #expect(isClean, "\(before), then \(after)")
        #expect(after.2 <= before.2)
    }
}
