import Glibc
import HTTP

/// The one thread that serves every connection: waits for news, and gives everybody who has some a turn.
final class EventLoop {
    private enum Token {
        // No connection has generation 0.
        static let mailbox: UInt64 = 0
        static func listener(_ index: Int) -> UInt64 { UInt64(index + 1) }
        static let firstConnection: UInt64 = 1 << 32
    }

    private static let acceptsPerTurn = 64
    /// How many clients beyond the limit are told so; any more are dropped without a word.
    private static let refusalsAtOnce = 64
    private static let acceptPause = Duration.milliseconds(200)

    private let context: ServerContext
    private var epoll: Epoll
    private var listeners: [(address: ListenAddress, listener: Listener)]
    private var connections = ConnectionTable()
    private var timers: TimerWheel
    private var queue: [ConnectionID] = []
    private var acceptResumes: ContinuousClock.Instant?
    private var stopDeadline: ContinuousClock.Instant?

    init(_ context: ServerContext, _ listeners: [(ListenAddress, Listener)]) throws(SystemError) {
        self.context = context
        self.listeners = listeners
        timers = TimerWheel(start: context.now)
        epoll = try Epoll()
        try epoll.add(context.mailbox.number, .whileReadable, token: Token.mailbox)
        try watchListeners()
    }

    /// Serves until it is told to stop.
    ///
    /// - Returns: how many requests were cut.
    func run() -> Int {
        while true {
            var events: [Epoll.Event] = []
            epoll.wait(timeout: timeout) { events.append($0) }
            context.tick()
            for event in events where !isFromListener(event) { handle(event) }
            // Now it is known who has said something, and must not make room for them.
            for event in events where isFromListener(event) { accept(from: Int(event.token) - 1) }
            resumeAccepting()
            for number in timers.advance(to: context.now) { wake(number) }
            giveTurns()
            if let cut = finished() { return cut }
        }
    }

    private var timeout: Duration? {
        guard queue.isEmpty else { return .zero }
        let next = [timers.next, acceptResumes, stopDeadline].compactMap(\.self).min()
        return next.map { ContinuousClock.now.duration(to: $0) }
    }

    private func isFromListener(_ event: Epoll.Event) -> Bool {
        event.token != Token.mailbox && event.token < Token.firstConnection
    }

    private func handle(_ event: Epoll.Event) {
        switch event.token {
        case Token.mailbox:
            for message in context.mailbox.takeAll() { handle(message) }
        default:
            guard let connection = connections[ConnectionID(token: event.token)] else { return }
            connection.note(event)
            if connection.hasInput { connections.rouse(connection) }
            enqueue(connection)
        }
    }

    private func handle(_ message: Mailbox.Message) {
        switch message {
        case .progress(let exchange):
            enqueue(workedOnBy: exchange)
        case .ended(let exchange):
            context.statistics.update { $0.works -= 1 }
            enqueue(workedOnBy: exchange)
        case .stop(let deadline):
            stop(deadline)
        }
    }
}

extension EventLoop {
    private func enqueue(workedOnBy exchange: Exchange) {
        guard let connection = connections[exchange.connection], connection.answering?.exchange === exchange else {
            return
        }
        enqueue(connection)
    }

    private func enqueue(_ connection: Connection) {
        guard !connection.isQueued else { return }
        connection.isQueued = true
        queue.append(connection.id)
    }

    /// One turn each; who is not finished is last in the next round.
    private func giveTurns() {
        let round = queue
        queue.removeAll(keepingCapacity: true)
        for id in round {
            guard let connection = connections[id] else { continue }
            connection.isQueued = false
            settle(connection, after: connection.turn())
        }
    }

    private func wake(_ number: Int) {
        guard let connection = connections[number] else { return }
        connection.wakeUp = nil
        if connection.deadline <= context.now {
            settle(connection, after: connection.expire())
        } else {
            schedule(connection)
        }
    }

    private func settle(_ connection: Connection, after turn: Connection.Turn) {
        switch turn {
        case .closed:
            close(connection)
        case .waiting where context.isStopping && connection.state.phase == .idle:
            close(connection)
        case .waiting:
            if connection.state.phase == .idle { connections.rest(connection) }
            schedule(connection)
        case .unfinished:
            schedule(connection)
            enqueue(connection)
        }
    }

    /// A deadline that has moved to later is noticed when the earlier one passes.
    private func schedule(_ connection: Connection) {
        let deadline = connection.deadline
        if let wakeUp = connection.wakeUp, wakeUp <= deadline { return }
        connection.wakeUp = deadline
        timers.set(Int(connection.id.number), at: deadline)
    }

    private func close(_ connection: Connection) {
        connection.close()
        timers.remove(Int(connection.id.number))
        connections.remove(connection.id)
        let count = connections.count
        context.statistics.update { $0.open = count }
    }
}

extension EventLoop {
    private func watchListeners() throws(SystemError) {
        for (index, entry) in listeners.enumerated() {
            try epoll.add(entry.listener.descriptor.number, .whileReadable, token: Token.listener(index))
        }
    }

    private func accept(from index: Int) {
        guard listeners.indices.contains(index), acceptResumes == nil else { return }
        let (address, listener) = listeners[index]
        for _ in 0..<Self.acceptsPerTurn {
            switch listener.accept() {
            case .connection(let descriptor, let peer): open(descriptor, peer, address)
            case .nobody: return
            case .exhausted(let error): return pauseAccepting(error)
            }
        }
    }

    private func open(_ descriptor: consuming Descriptor, _ peer: SocketAddress, _ address: ListenAddress) {
        let limit = context.limits.connections
        let isRefused = connections.count >= limit && !makeRoom()
        if isRefused {
            context.statistics.update { $0.refused[.connections, default: 0] += 1 }
            context.report(.overloaded(.connections))
        }
        guard connections.count < limit + Self.refusalsAtOnce else { return }
        let id = connections.nextID(for: descriptor.number)
        // Without room for another descriptor to watch, the connection is closed right here.
        guard (try? epoll.add(id.number, .onChange, token: id.token)) != nil else { return }
        let connection = Connection(id, descriptor, peer: peer, listener: address, context: context)
        connections.add(connection)
        if !isRefused { connections.rest(connection) }
        let count = connections.count
        context.statistics.update {
            $0.open = count
            $0.accepted += 1
        }
        if isRefused {
            connection.refuse(Response(.serviceUnavailable, text: "503 Service Unavailable: too many connections"))
        }
        enqueue(connection)
    }

    /// A crowd that asks for nothing must not lock out those who do.
    ///
    /// - Returns: false if nobody is idle.
    private func makeRoom() -> Bool {
        guard let connection = connections.longestIdle else { return false }
        context.statistics.update { $0.evicted += 1 }
        close(connection)
        return true
    }

    /// The listeners stay readable all the while, so they must not be watched.
    private func pauseAccepting(_ error: SystemError) {
        context.statistics.update { $0.acceptPauses += 1 }
        context.report(.acceptingPaused(error))
        acceptResumes = context.now + Self.acceptPause
        for entry in listeners { epoll.remove(entry.listener.descriptor.number) }
    }

    private func resumeAccepting() {
        guard let resumes = acceptResumes, resumes <= context.now else { return }
        acceptResumes = (try? watchListeners()) == nil ? context.now + Self.acceptPause : nil
    }
}

extension EventLoop {
    /// Who is connected already is accepted still: its request may be on its way.
    private func stop(_ deadline: ContinuousClock.Instant) {
        stopDeadline = min(stopDeadline ?? deadline, deadline)
        guard !context.isStopping else { return }
        for index in listeners.indices { accept(from: index) }
        context.isStopping = true
        for entry in listeners { epoll.remove(entry.listener.descriptor.number) }
        listeners = []
        acceptResumes = nil
        for connection in connections.all { enqueue(connection) }
    }

    private func finished() -> Int? {
        guard let stopDeadline else { return nil }
        guard connections.count > 0, context.now < stopDeadline else { return cutAll() }
        return nil
    }

    private func cutAll() -> Int {
        let remaining = connections.all
        let cut = remaining.filter(\.state.isBusy)
        for connection in cut { connection.reset() }
        for connection in remaining { close(connection) }
        return cut.count
    }
}
