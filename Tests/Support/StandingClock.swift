import Foundation

/// Makes the time of day stand still for programs that are started with its environment; what measures and waits goes on.
///
/// Programs that count with the time of day can then be compared sample by sample, whenever they were asked.
public struct StandingClock: Sendable {
    public var environment: [String: String] { library.environment }
    private let library: PreloadedLibrary

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
        library = try await PreloadedLibrary(Self.source)
    }
}
