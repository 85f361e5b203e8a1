import CLinux
import Glibc

/// A program that was started in a process group of its own, with pipes at its output; lives on the thread that minds it.
///
/// It reads nothing, has no signal blocked or ignored, and inherits no descriptor but those three.
struct ChildProcess: ~Copyable {
    let identifier: pid_t
    let output: Pipe
    let errors: Pipe
    /// Becomes readable when the program ends; -1 where the kernel has no such thing.
    let handle: Int32

    init(_ command: Command) throws(CommandError) {
        var output = try Pipe()
        var errors = try Pipe()
        identifier = try Spawn(command).run(output: output.writeEnd, errors: errors.writeEnd)
        output.closeWriteEnd()
        errors.closeWriteEnd()
        self.output = output
        self.errors = errors
        handle = process_handle(identifier)
    }

    deinit {
        if handle >= 0 { close(handle) }
    }

    /// To all processes of the group. The program itself isn't reaped yet, so the group can be nobody else's.
    func signal(_ signal: Int32) {
        kill(-identifier, signal)
    }

    /// Whether the program has ended; it can still be signalled then.
    var hasEnded: Bool {
        var information = siginfo_t()
        let result = waitid(P_PID, id_t(identifier), &information, WEXITED | WNOHANG | WNOWAIT)
        return result == 0 && information.si_signo == SIGCHLD
    }

    /// To be called once, when it has ended.
    func reap() -> (end: CommandEnd, usage: CommandUsage) {
        var status: Int32 = 0
        var usage = rusage()
        while wait4(identifier, &status, 0, &usage) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return (signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: signal), CommandUsage(usage))
    }
}

/// A pipe that no other program inherits.
struct Pipe: ~Copyable {
    private(set) var readEnd: Int32
    private(set) var writeEnd: Int32

    init() throws(CommandError) {
        var ends: [Int32] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC) == 0 else {
            throw CommandError(kind: .local, description: "no pipe: \(String(cString: strerror(errno)))")
        }
        (readEnd, writeEnd) = (ends[0], ends[1])
        _ = fcntl(readEnd, F_SETFL, O_NONBLOCK)
    }

    deinit {
        Glibc.close(readEnd)
        if writeEnd >= 0 { Glibc.close(writeEnd) }
    }

    mutating func closeWriteEnd() {
        Glibc.close(writeEnd)
        writeEnd = -1
    }
}

extension CommandUsage {
    fileprivate init(_ usage: rusage) {
        processorSeconds = usage.ru_utime.seconds + usage.ru_stime.seconds
        // Linux counts kibibytes.
        peakBytes = usage.ru_maxrss << 10
    }
}

extension timeval {
    fileprivate var seconds: Double { Double(tv_sec) + Double(tv_usec) / 1e6 }
}
