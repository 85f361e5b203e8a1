import Glibc
import Lease
import ServiceRuntime

/// One process at a time, by the lock of a file that nothing else is done with.
struct FileTurn: ~Copyable {
    private let descriptor: Int32

    /// - Parameter patience: how long to wait for whoever has its turn.
    init(_ path: String, patience: Duration) throws(StoreError) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreError(opening: path, errno) }
        let deadline = MonotonicClock.system.now + patience
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR, MonotonicClock.system.now < deadline else {
                close(descriptor)
                throw .file(.init(.busy, "\(path) is locked by another process"))
            }
            usleep(5_000)
        }
    }

    deinit {
        close(descriptor)
    }
}

extension StoreError {
    fileprivate init(opening path: String, _ code: Int32) {
        let reason = "\(path): \(String(cString: strerror(code)))"
        switch code {
        case EROFS, EACCES, EPERM: self = .file(.init(.readOnly, reason))
        case ENOSPC, EDQUOT: self = .file(.init(.full, reason))
        case ENOENT, ENOTDIR: self = .file(.init(.missing, reason))
        default: self = .file(.init(.inputOutput, reason))
        }
    }
}
