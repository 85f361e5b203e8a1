import Foundation
import TestSupport
import Testing

/// What keeps a real Slurm from outliving its tests.
struct GuardianTests {
    private let directory: TemporaryDirectory
    private let folder: String

    init() throws {
        directory = try TemporaryDirectory()
        folder = directory.path("folder")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    }

    private func guardian(_ script: String) throws -> ChildProcess {
        try ChildProcess(try builtProgram("guardian"), [folder, "sh", "-c", script], endsWithInput: true)
    }

    /// The process ids that it has printed; the first is the command's.
    private func identifiers(_ count: Int, of guardian: ChildProcess) async throws -> [pid_t] {
        let isThere = await eventually { guardian.standardOutput.split(separator: "\n").count >= count }
        try #require(isThere)
        return guardian.standardOutput.split(separator: "\n").compactMap { pid_t($0) }
    }

    private func isGone(_ identifier: pid_t) -> Bool { kill(identifier, 0) != 0 }

    private var isThere: Bool { FileManager.default.fileExists(atPath: folder) }

    @Test func whoHasDetachedItselfEndsWithTheInput() async throws {
        let guardian = try guardian("setsid sh -c 'echo $$; sleep 1000 & echo $!; wait' & sleep 1000")
        let identifiers = try await identifiers(3, of: guardian)
        guardian.endInput()
        _ = try await guardian.exit()
        #expect(identifiers.allSatisfy(isGone))
        #expect(!isThere)
    }

    @Test func whoIsFrozenOrDeafEndsToo() async throws {
        let guardian = try guardian("trap '' TERM INT; echo ready; kill -STOP $$; sleep 1000")
        let identifier = try await identifiers(1, of: guardian)[0]
        guardian.endInput()
        _ = try await guardian.exit()
        #expect(isGone(identifier))
    }

    @Test func aCommandThatEndsTakesItsDescendantsWithIt() async throws {
        let guardian = try guardian("setsid sleep 1000 & echo $!; exit 7")
        let identifiers = try await identifiers(2, of: guardian)
        #expect(try await guardian.exit() == 7)
        #expect(identifiers.allSatisfy(isGone))
        #expect(isThere)
    }

    @Test func theSignalToEndIsPassedOn() async throws {
        let guardian = try guardian("trap 'exit 9' TERM; echo 0; while :; do sleep 0.01; done")
        _ = try await identifiers(2, of: guardian)
        guardian.send(SIGTERM)
        #expect(try await guardian.exit() == 9)
        #expect(isThere)
    }

    @Test func whatIgnoresNothingDoesSoUnderAGuardian() async throws {
        let guardian = try guardian("kill -INT $$; exit 1")
        #expect(try await guardian.exit() == 128 + SIGINT)
    }
}
