import CLinux
import Glibc

/// Ends a program with the one that started it, however that ends.
///
/// The starter holds one end of a pipe, and the kernel lets go of it also after SIGKILL. (`PR_SET_PDEATHSIG` tells of the
/// end of the thread that started the program, and threads of a pool come and go.)
public enum Lifeline {
    /// Says which descriptor to watch.
    private static let variable = "SLURM_EXPORTER_LIFELINE"

    /// Where programs find it that are started with one.
    public static let descriptor: Int32 = 3

    /// To be called at the start: whoever was started without a lifeline goes on as ever. At its end the program is asked
    /// to stop, as by SIGTERM.
    public static func watch() {
        guard let descriptor = getenv(variable).flatMap({ Int32(String(cString: $0)) }) else { return }
        // What this program starts has nothing to do with it.
        unsetenv(variable)
        guard fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else { return }
        startThread {
            var byte: UInt8 = 0
            while true {
                let count = read(descriptor, &byte, 1)
                if count < 0, errno == EINTR { continue }
                if count <= 0 { break }
            }
            kill(getpid(), SIGTERM)
        }
    }

    /// One that lasts as long as this process.
    public struct Held: Sendable {
        /// What programs that are started with this process's environment are to have as ``Lifeline/descriptor``.
        public let end: Int32

        public init() {
            var ends: [Int32] = [-1, -1]
            guard pipe2(&ends, O_CLOEXEC) == 0 else { preconditionFailure("no pipe: errno \(errno)") }
            end = ends[0]
            setenv(Lifeline.variable, "\(Lifeline.descriptor)", 1)
        }
    }
}
