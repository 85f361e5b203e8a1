import Glibc

/// Bytes on their way to a client: a few of its own, and after them a body that may be shared with others.
struct Output {
    enum Progress: Equatable {
        case drained(sent: Int)
        /// The socket takes no more for now.
        case blocked(sent: Int)
        /// More could be sent, but others have a right to be served.
        case interrupted(sent: Int)
        case failed
    }

    private var bytes: [UInt8] = []
    private var bytesSent = 0
    private var body: [UInt8] = []
    private var bodySent = 0

    var isEmpty: Bool { bytes.isEmpty && body.isEmpty }

    /// Before the body only.
    mutating func append(_ more: some Collection<UInt8>) {
        precondition(body.isEmpty, "a body is what comes last")
        bytes += more
    }

    mutating func append(body: [UInt8]) {
        precondition(self.body.isEmpty, "one body at a time")
        self.body = body
        bodySent = 0
    }

    mutating func clear() {
        self = Output()
    }

    /// Sends until the socket is full, at most about `limit` bytes. Once all is sent, no memory is held.
    mutating func flush(to socket: Int32, limit: Int) -> Progress {
        var total = 0
        while !isEmpty {
            guard total < limit else { return .interrupted(sent: total) }
            let sent = send(to: socket, limit: limit - total)
            if sent < 0, errno == EINTR { continue }
            if sent < 0 { return errno == EAGAIN ? .blocked(sent: total) : .failed }
            total += sent
            advance(by: sent)
        }
        return .drained(sent: total)
    }

    private func send(to socket: Int32, limit: Int) -> Int {
        bytes.withUnsafeBytes { bytes in
            body.withUnsafeBytes { body in
                let parts = (
                    Self.vector(bytes, from: bytesSent, limit: .max), Self.vector(body, from: bodySent, limit: limit)
                )
                return withUnsafePointer(to: parts) { parts in
                    parts.withMemoryRebound(to: iovec.self, capacity: 2) { vectors in
                        var message = msghdr()
                        message.msg_iov = UnsafeMutablePointer(mutating: vectors)
                        message.msg_iovlen = 2
                        return sendmsg(socket, &message, Int32(MSG_NOSIGNAL))
                    }
                }
            }
        }
    }

    private static func vector(_ bytes: UnsafeRawBufferPointer, from offset: Int, limit: Int) -> iovec {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
        return iovec(iov_base: UnsafeMutableRawPointer(mutating: rest.baseAddress), iov_len: min(rest.count, limit))
    }

    private mutating func advance(by count: Int) {
        let ofBytes = min(count, bytes.count - bytesSent)
        bytesSent += ofBytes
        bodySent += count - ofBytes
        if bytesSent == bytes.count {
            bytes = []
            bytesSent = 0
        }
        if bodySent == body.count {
            body = []
            bodySent = 0
        }
    }
}
