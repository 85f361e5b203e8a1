import Foundation
import Locks

/// A wire to a port of this host from the same port of another loopback address, which can be cut, slow, or dead in one
/// direction.
final class Link: Sendable {
    enum Condition: Equatable, Sendable {
        case sound
        /// Whoever connects is reset, and so are those who have.
        case cut
        /// What is sent stays on the way until the wire is sound again.
        case dead(forth: Bool, back: Bool)
        /// In each direction.
        case late(Duration)
        /// So much of what is answered on a connection comes, and then nothing.
        case stalling(after: Int)
        /// Answers come a byte a second.
        case dripping
        /// Whatever is asked, the answer never ends.
        case babbling
    }

    private let state: Locked<(condition: Condition, isOver: Bool)>

    init(from host: String, port: UInt16) throws {
        let listener = try Socket.listening(host, port)
        let state = Locked((condition: Condition.sound, isOver: false))
        self.state = state
        Thread.detachNewThread {
            var exchange = Exchange(listener: listener, port: port)
            while case let now = state.withLock({ $0 }), !now.isOver { exchange.turn(now.condition) }
            exchange.end()
        }
    }

    deinit { end() }

    func become(_ condition: Condition) { state.withLock { $0.condition = condition } }

    func end() { state.withLock { $0.isOver = true } }
}

/// All connections of a wire.
private struct Exchange {
    let listener: Int32
    let port: UInt16
    private var calls: [Call] = []

    init(listener: Int32, port: UInt16) {
        self.listener = listener
        self.port = port
    }

    mutating func turn(_ condition: Link.Condition) {
        wait()
        while let client = Socket.accepted(from: listener) { admit(client, condition) }
        for index in calls.indices { calls[index].turn(condition) }
        for call in calls where call.isOver { call.close(withReset: condition == .cut || call.isBroken) }
        calls.removeAll(where: \.isOver)
    }

    private func wait() {
        var sources = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
        for call in calls { sources += call.sources.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) } }
        // What is held back makes no noise.
        let isHeld = calls.contains(where: \.isHeld)
        if isHeld { usleep(2_000) } else { poll(&sources, nfds_t(sources.count), 20) }
    }

    private mutating func admit(_ client: Int32, _ condition: Link.Condition) {
        guard condition != .cut, let server = Socket.connected("127.0.0.1", port) else {
            return Socket.close(client, withReset: true)
        }
        calls.append(Call(client: client, server: server))
    }

    func end() {
        for call in calls { call.close(withReset: true) }
        close(listener)
    }
}

private struct Call {
    private var forth: Stream
    private var back: Stream
    private(set) var isOver = false

    init(client: Int32, server: Int32) {
        forth = Stream(from: client, to: server)
        back = Stream(from: server, to: client)
    }

    var isBroken: Bool { forth.isBroken || back.isBroken }

    var isHeld: Bool { forth.isHeld || back.isHeld }

    var sources: [Int32] { [forth, back].filter { !$0.isEnded }.map(\.source) }

    mutating func turn(_ condition: Link.Condition) {
        switch condition {
        case .sound: pass()
        case .cut: isOver = true
        case .dead(let isForthDead, let isBackDead):
            forth.move(upTo: isForthDead ? 0 : .max)
            back.move(upTo: isBackDead ? 0 : .max)
        case .late(let delay): pass(after: delay)
        case .stalling(let limit):
            forth.move(upTo: .max)
            back.move(upTo: max(0, limit - back.passed))
        case .dripping:
            forth.move(upTo: .max)
            back.drip()
        case .babbling:
            forth.swallow()
            if forth.passed > 0 { back.babble() }
        }
        if isBroken || forth.isDone && back.isDone { isOver = true }
    }

    private mutating func pass(after delay: Duration = .zero) {
        forth.move(upTo: .max, after: delay)
        back.move(upTo: .max, after: delay)
    }

    func close(withReset isReset: Bool) {
        Socket.close(forth.source, withReset: isReset)
        Socket.close(back.source, withReset: isReset)
    }
}

/// One direction of a connection.
private struct Stream {
    let source: Int32
    private let sink: Int32
    private var waiting: [(due: ContinuousClock.Instant, bytes: ArraySlice<UInt8>)] = []
    private var nextDrop = ContinuousClock.now
    private(set) var passed = 0
    private(set) var isEnded = false
    private(set) var isBroken = false
    private(set) var isDone = false
    private(set) var isHeld = false

    private static let most = 1 << 16

    init(from source: Int32, to sink: Int32) {
        self.source = source
        self.sink = sink
    }

    /// - Parameter limit: how many bytes go on at most.
    mutating func move(upTo limit: Int, after delay: Duration = .zero) {
        pull(after: delay)
        var left = limit
        while left > 0, let first = waiting.first, first.due <= .now {
            let sent = Socket.send(first.bytes.prefix(left), to: sink)
            guard let sent else { return isBroken = true }
            guard sent > 0 else { break }
            (left, passed) = (left - sent, passed + sent)
            waiting[0].bytes = first.bytes.dropFirst(sent)
            if waiting[0].bytes.isEmpty { waiting.removeFirst() }
        }
        isHeld = !waiting.isEmpty || limit == 0
        if isEnded, waiting.isEmpty, limit > 0, !isDone {
            shutdown(sink, Int32(SHUT_WR))
            isDone = true
        }
    }

    mutating func drip() {
        let isTime = ContinuousClock.now >= nextDrop
        if isTime { nextDrop = .now + .seconds(1) }
        move(upTo: isTime ? 1 : 0)
    }

    mutating func swallow() {
        pull(after: .zero)
        passed += waiting.reduce(0) { $0 + $1.bytes.count }
        waiting = []
        isDone = isEnded
    }

    mutating func babble() {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n"
        let bytes = passed == 0 ? Array(head.utf8) : [UInt8](repeating: UInt8(ascii: "#"), count: Self.most)
        guard let sent = Socket.send(bytes[...], to: sink) else { return isBroken = true }
        passed += sent
    }

    private mutating func pull(after delay: Duration) {
        guard !isEnded, waiting.count < 16 else { return }
        switch Socket.receive(from: source, atMost: Self.most) {
        case .bytes(let bytes): waiting.append((.now + delay, bytes[...]))
        case .nothing: break
        case .end: isEnded = true
        case .failure: isBroken = true
        }
    }
}
