import TestSupport

/// The time of day as people and time servers set it, in programs that are started with its environment; what measures
/// and waits goes on as it was.
struct WarpedClock: Sendable {
    enum Warp: CaseIterable, Sendable {
        case hourAhead, hourBehind, jumping, twiceAsFast
        case minutesAhead, minutesBehind
    }

    let environment: [String: String]
    private let library: PreloadedLibrary

    init(_ warp: Warp) async throws {
        library = try await PreloadedLibrary(Self.source(warp.shift))
        environment = library.environment
    }

    private static func source(_ shift: String) -> String {
        """
        #define _GNU_SOURCE
        #include <sys/syscall.h>
        #include <sys/time.h>
        #include <time.h>
        #include <unistd.h>

        static long long seconds(clockid_t clock) {
            struct timespec time;
            syscall(SYS_clock_gettime, clock, &time);
            return time.tv_sec;
        }

        int clock_gettime(clockid_t clock, struct timespec *time) {
            int status = syscall(SYS_clock_gettime, clock, time);
            if (clock == CLOCK_REALTIME) {
                long long up = seconds(CLOCK_MONOTONIC);
                time->tv_sec += \(shift);
            }
            return status;
        }

        int gettimeofday(struct timeval *value, void *zone) {
            struct timespec time;
            int status = clock_gettime(CLOCK_REALTIME, &time);
            *value = (struct timeval){.tv_sec = time.tv_sec, .tv_usec = time.tv_nsec / 1000};
            return status;
        }

        time_t time(time_t *place) {
            struct timespec time;
            clock_gettime(CLOCK_REALTIME, &time);
            if (place) *place = time.tv_sec;
            return time.tv_sec;
        }

        """
    }
}

extension WarpedClock.Warp {
    /// In seconds, in C, where `up` are those since the machine's start.
    fileprivate var shift: String {
        switch self {
        case .hourAhead: "3600"
        case .hourBehind: "-3600"
        case .jumping: "(up % 2 ? 3600 : -3600)"
        case .twiceAsFast: "up % 100000"
        case .minutesAhead: "150"
        case .minutesBehind: "-150"
        }
    }
}
