import Foundation

/// Makes the time of day stand still for programs that are started with its environment; what measures and waits goes on.
///
/// Programs that count with the time of day can then be compared sample by sample, whenever they were asked.
public struct StandingClock: Sendable {
    public let environment: [String: String]
    private let directory: TemporaryDirectory

    private static let source = """
        #define _GNU_SOURCE
        #include <sys/syscall.h>
        #include <time.h>
        #include <unistd.h>

        int clock_gettime(clockid_t clock, struct timespec *time) {
            if (clock != CLOCK_REALTIME) return syscall(SYS_clock_gettime, clock, time);
            *time = (struct timespec){.tv_sec = \(Int(Date.now.timeIntervalSince1970))};
            return 0;
        }

        """

    public init() async throws {
        directory = try TemporaryDirectory()
        let (source, library) = (try directory.write(Self.source, to: "clock.c"), directory.path("clock.so"))
        let compiler = try ChildProcess("clang", ["-shared", "-fPIC", "-O1", "-o", library, source])
        guard try await compiler.exit() == 0 else { throw NotCompiled(output: compiler.standardError) }
        environment = ["LD_PRELOAD": library]
    }

    public struct NotCompiled: Error {
        public let output: String
    }
}
