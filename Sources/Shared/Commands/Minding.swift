import Glibc
import Locks
import ServiceRuntime

/// The loop around one program: reads what it says as long as there is room for it, signals and reaps it.
final class Minding {
    private let child: ChildProcess
    private var supervision: Supervision
    private var hasOutput = true
    private var hasErrors = true
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)
    private let clock = MonotonicClock.system

    init(_ child: consuming ChildProcess, _ limits: Command.Limits) {
        self.child = child
        supervision = Supervision(limits, at: clock.now)
    }

    var failure: CommandError.Kind? { supervision.failure }

    func run(_ state: Locked<CommandState>, _ bell: Bell, _ news: Wakeup) -> (end: CommandEnd, usage: CommandUsage) {
        while !child.hasEnded {
            if state.withLock({ $0.isCancelled }) { supervision.fail(.cancelled) }
            switch supervision.next(at: clock.now) {
            case .terminate: child.signal(SIGTERM)
            case .kill: child.signal(SIGKILL)
            case .wait(let moment): listen(until: moment, state, bell, news)
            }
        }
        // What it may have left behind is nobody's any more.
        child.signal(SIGKILL)
        drain(state)
        return child.reap()
    }

    /// No thread will mind it.
    func abandon() {
        child.signal(SIGKILL)
        _ = child.reap()
    }

    private func listen(
        until moment: MonotonicClock.Instant, _ state: Locked<CommandState>, _ bell: Bell, _ news: Wakeup
    ) {
        let reads = hasOutput && (failure != nil || !state.withLock { $0.isFull })
        var polled = [
            pollfd(fd: reads ? child.output.readEnd : -1, events: Int16(POLLIN), revents: 0),
            pollfd(fd: hasErrors ? child.errors.readEnd : -1, events: Int16(POLLIN), revents: 0),
            pollfd(fd: bell.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: child.handle, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&polled, nfds_t(polled.count), milliseconds(until: moment)) > 0 else { return }
        if polled[2].revents != 0 { bell.silence() }
        if polled[1].revents != 0 { hasErrors = readErrors(state) != .end }
        if polled[0].revents != 0 { hasOutput = readOutput(state) != .end }
        if polled[0].revents != 0 { news.raise() }
    }

    /// Without a handle the end of the program has to be looked for.
    private func milliseconds(until moment: MonotonicClock.Instant) -> Int32 {
        let rest = clock.now.duration(to: moment) / .milliseconds(1)
        return Int32(min(max(rest.rounded(.up), 0), child.handle < 0 ? 20 : 3_600_000))
    }

    private enum Reading { case some, nothingYet, end }

    private func readOutput(_ state: Locked<CommandState>) -> Reading {
        let count = read(child.output.readEnd, &buffer, buffer.count)
        guard count > 0 else { return meaning(of: count) }
        guard failure == nil else { return .some }
        if !state.withLock({ [buffer] in $0.take(output: buffer[..<count]) }) { supervision.fail(.tooLarge) }
        return .some
    }

    private func readErrors(_ state: Locked<CommandState>) -> Reading {
        let count = read(child.errors.readEnd, &buffer, buffer.count)
        guard count > 0 else { return meaning(of: count) }
        state.withLock { [buffer] in $0.take(errors: buffer[..<count]) }
        return .some
    }

    private func meaning(of count: Int) -> Reading {
        count < 0 && (errno == EAGAIN || errno == EINTR) ? .nothingYet : .end
    }

    /// What is in the pipes still: they hold little, so there need not be room for it. Whoever has left the group may
    /// hold them open for ever.
    private func drain(_ state: Locked<CommandState>) {
        while hasOutput, readOutput(state) == .some {}
        while hasErrors, readErrors(state) == .some {}
    }
}
