import Glibc

/// TCP on loopback, without waiting.
enum Socket {
    struct Failure: Error {
        let call: String
        let code: Int32
    }

    static func listening(_ host: String, _ port: UInt16) throws -> Int32 {
        let descriptor = open()
        var isReused: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &isReused, socklen_t(MemoryLayout<Int32>.size))
        guard withAddress(host, port, { bind(descriptor, $0, $1) }) == 0, listen(descriptor, 128) == 0 else {
            let failure = Failure(call: "listening at \(host):\(port)", code: errno)
            Glibc.close(descriptor)
            throw failure
        }
        return descriptor
    }

    static func accepted(from listener: Int32) -> Int32? {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else { return nil }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }

    /// - Parameter receiveBuffer: small for those who read slowly.
    /// - Returns: nil where nobody listens.
    static func connected(_ host: String, _ port: UInt16, receiveBuffer: Int32? = nil) -> Int32? {
        let descriptor = open()
        if var size = receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        // On loopback a connection is there at once, or will be.
        if withAddress(host, port, { connect(descriptor, $0, $1) }) == 0 || errno == EINPROGRESS { return descriptor }
        Glibc.close(descriptor)
        return nil
    }

    enum Received {
        case bytes([UInt8]), nothing, end, failure
    }

    static func receive(from descriptor: Int32, atMost limit: Int) -> Received {
        var buffer = [UInt8](repeating: 0, count: limit)
        let count = recv(descriptor, &buffer, limit, Int32(MSG_DONTWAIT))
        switch count {
        case 1...: return .bytes(Array(buffer[..<count]))
        case 0: return .end
        default: return errno == EAGAIN || errno == EINTR || errno == ENOTCONN ? .nothing : .failure
        }
    }

    /// - Returns: how many bytes were taken; nil after an error.
    static func send(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Int? {
        let count = bytes.withUnsafeBytes {
            Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
        }
        if count >= 0 { return count }
        return errno == EAGAIN || errno == EINTR || errno == ENOTCONN ? 0 : nil
    }

    static func close(_ descriptor: Int32, withReset isReset: Bool = false) {
        var option = linger(l_onoff: isReset ? 1 : 0, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        Glibc.close(descriptor)
    }

    private static func open() -> Int32 {
        let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        return socket(AF_INET, Int32(kind), 0)
    }

    private static func withAddress<Result>(
        _ host: String, _ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, host, &address.sin_addr)
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }
}
