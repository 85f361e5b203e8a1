import Foundation
import TestSupport

/// Lets one call of a program to the files of a store go wrong, or be its last one.
struct FailingCalls: Sendable {
    enum Call: Int, Sendable {
        case write = 1, sync = 2, lock = 4
        case writeOrSync = 3
    }

    enum Way: Hashable, Sendable {
        /// The program dies before, in the middle of, or after the call.
        case deathBefore, deathInside, deathAfter
        case error(Int32)

        var isDeadly: Bool { if case .error = self { false } else { true } }
    }

    private let library: PreloadedLibrary
    private let directory: TemporaryDirectory
    private let store: String

    init(to store: String) async throws {
        library = try await PreloadedLibrary(Self.source)
        directory = try TemporaryDirectory()
        self.store = store
    }

    /// - Parameter number: of calls of this kind, counted from one.
    func environment(_ number: Int, _ call: Call, _ way: Way) -> [String: String] {
        try? FileManager.default.removeItem(atPath: mark)
        let code: Int32 =
            switch way {
            case .deathBefore: -1
            case .deathInside: -2
            case .deathAfter: -3
            case .error(let code): code
            }
        return library.environment.merging([
            "CHAOS_STORE": store, "CHAOS_MARK": mark, "CHAOS_AT": "\(number)", "CHAOS_CALLS": "\(call.rawValue)",
            "CHAOS_WAY": "\(code)",
        ]) { $1 }
    }

    /// Whether the call has come.
    var hasStruck: Bool { FileManager.default.fileExists(atPath: mark) }

    private var mark: String { directory.path("struck") }

    private static let source = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <errno.h>
        #include <fcntl.h>
        #include <signal.h>
        #include <stdarg.h>
        #include <stdatomic.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <unistd.h>

        enum { BEFORE = -1, INSIDE = -2, AFTER = -3 };
        static atomic_int calls;

        static void die(void) {
            kill(getpid(), SIGKILL);
            for (;;) pause();
        }

        // What is to happen to this call: nothing, an error, or a way to die.
        static int way(int file, int kind) {
            const char *store = getenv("CHAOS_STORE"), *kinds = getenv("CHAOS_CALLS"), *at = getenv("CHAOS_AT");
            char link[32], path[4096] = "";
            snprintf(link, sizeof link, "/proc/self/fd/%d", file);
            int error = errno;
            ssize_t length = readlink(link, path, sizeof path - 1);
            errno = error;
            if (length < 0 || !store || strncmp(path, store, strlen(store)) || !(atoi(kinds) & kind)) return 0;
            if (atomic_fetch_add(&calls, 1) + 1 != atoi(at)) return 0;
            close(open(getenv("CHAOS_MARK"), O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
            return atoi(getenv("CHAOS_WAY"));
        }

        #define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
        #define CALL(kind, whole, half)                                                                       \\
            int what = way(file, kind);                                                                       \\
            if (what > 0) return errno = what, -1;                                                            \\
            if (what == BEFORE) die();                                                                        \\
            if (what == INSIDE) { half; die(); }                                                              \\
            __typeof__(whole) result = whole;                                                                 \\
            if (what == AFTER) die();                                                                         \\
            return result

        ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
            CALL(1, NEXT(pwrite64)(file, bytes, count, offset), NEXT(pwrite64)(file, bytes, count / 2, offset));
        }

        ssize_t write(int file, const void *bytes, size_t count) {
            CALL(1, NEXT(write)(file, bytes, count), NEXT(write)(file, bytes, count / 2));
        }

        int ftruncate64(int file, off64_t length) {
            CALL(1, NEXT(ftruncate64)(file, length), );
        }

        int fdatasync(int file) { CALL(2, NEXT(fdatasync)(file), ); }

        int fsync(int file) { CALL(2, NEXT(fsync)(file), ); }

        int fcntl64(int file, int command, ...) {
            va_list list;
            va_start(list, command);
            void *argument = va_arg(list, void *);
            va_end(list);
            if (command != F_SETLK && command != F_SETLKW) return NEXT(fcntl64)(file, command, argument);
            CALL(4, NEXT(fcntl64)(file, command, argument), );
        }

        """
}
