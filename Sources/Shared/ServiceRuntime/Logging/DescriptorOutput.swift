import Glibc
import Locks

/// Lines to a file descriptor, by default standard error, each in one write(2) wherever the kernel takes it whole.
///
/// A reader that stopped reading costs one wait of `patience`; from then on lines are dropped without waiting until it
/// reads again. A reader that has gone costs nothing. The descriptor stays as it was found: O_NONBLOCK belongs to the
/// open file, which other processes may share, so readiness is asked for instead. Between asking and writing another
/// process can fill a shared pipe; only then can a write last longer.
public final class DescriptorOutput: LogOutput {
    private struct State {
        var isStalled = false
        var isMidLine = false
    }

    private let descriptor: Int32
    private let kind: Kind
    private let patience: Duration
    private let state = Locked(State())

    public static let standardError = DescriptorOutput(STDERR_FILENO)

    public init(_ descriptor: Int32, patience: Duration = .seconds(1)) {
        self.descriptor = descriptor
        self.kind = Kind(of: descriptor)
        self.patience = patience
        Signals.ignoreBrokenPipes()
    }

    public func write(_ line: [UInt8]) -> Bool {
        state.withLock { state in
            let bytes = state.isMidLine ? [newline] + line : line
            let sent = send(bytes, patience: state.isStalled ? .zero : patience)
            if sent > 0 { state.isMidLine = bytes[sent - 1] != newline }
            state.isStalled = sent < bytes.count
            return !state.isStalled
        }
    }

    private func send(_ bytes: [UInt8], patience: Duration) -> Int {
        let deadline = MonotonicClock.system.now.advanced(by: patience)
        var sent = 0
        while sent < bytes.count, isWritable(before: deadline) {
            switch transfer(bytes[sent...].prefix(kind.safeSize)) {
            case .success(let count): sent += count
            case .failure(.again) where MonotonicClock.system.now < deadline: continue
            case .failure: return sent
            }
        }
        return sent
    }

    private func isWritable(before deadline: MonotonicClock.Instant) -> Bool {
        while true {
            let remaining = max(.zero, MonotonicClock.system.now.duration(to: deadline))
            var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            let ready = poll(&request, 1, Int32(clamping: remaining.nanoseconds / 1_000_000))
            if ready >= 0 { return ready > 0 }
            guard errno == EINTR else { return false }
        }
    }

    private func transfer(_ bytes: ArraySlice<UInt8>) -> Result<Int, TransferError> {
        bytes.withUnsafeBytes { bytes in
            let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
            let count =
                kind == .socket
                ? Glibc.send(descriptor, bytes.baseAddress, bytes.count, flags)
                : Glibc.write(descriptor, bytes.baseAddress, bytes.count)
            guard count < 0 else { return .success(count) }
            return .failure(errno == EINTR || errno == EAGAIN ? .again : .broken)
        }
    }
}

private let newline = UInt8(ascii: "\n")

private enum TransferError: Error {
    case again, broken
}

private enum Kind {
    case pipe, socket, other

    init(of descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            self = .other
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFIFO: self = .pipe
        case S_IFSOCK: self = .socket
        default: self = .other
        }
    }

    /// A pipe that is ready takes PIPE_BUF bytes without blocking, and no other process's bytes come in between.
    var safeSize: Int {
        self == .pipe ? 4_096 : .max
    }
}
