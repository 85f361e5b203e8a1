import Glibc

/// Bytes on their way to a client: a few of its own, and after them a body whose pieces may be shared with others.
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
    /// None of them empty.
    private var pieces: [[UInt8]] = []
    /// The piece that is being sent, and how much of it is out.
    private var piece = 0
    private var pieceSent = 0

    var isEmpty: Bool { bytes.isEmpty && pieces.isEmpty }

    /// Before the body only.
    mutating func append(_ more: some Collection<UInt8>) {
        precondition(pieces.isEmpty, "a body is what comes last")
        bytes += more
    }

    mutating func append(body: [[UInt8]]) {
        precondition(pieces.isEmpty, "one body at a time")
        pieces = body.filter { !$0.isEmpty }
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
        let isMore = piece + 1 < pieces.count
        return bytes.withUnsafeBytes { bytes in
            (pieces.isEmpty ? [] : pieces[piece]).withUnsafeBytes { piece in
                let parts = (
                    Self.vector(bytes, from: bytesSent, limit: .max), Self.vector(piece, from: pieceSent, limit: limit)
                )
                return withUnsafePointer(to: parts) { parts in
                    parts.withMemoryRebound(to: iovec.self, capacity: 2) { vectors in
                        var message = msghdr()
                        message.msg_iov = UnsafeMutablePointer(mutating: vectors)
                        message.msg_iovlen = 2
                        // Small pieces travel together.
                        return sendmsg(socket, &message, Int32(MSG_NOSIGNAL) | (isMore ? Int32(MSG_MORE) : 0))
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
        if bytesSent == bytes.count {
            bytes = []
            bytesSent = 0
        }
        guard !pieces.isEmpty else { return }
        pieceSent += count - ofBytes
        guard pieceSent == pieces[piece].count else { return }
        piece += 1
        pieceSent = 0
        if piece == pieces.count {
            pieces = []
            piece = 0
        }
    }
}
