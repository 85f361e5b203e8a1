import Glibc

/// A loopback port that nobody listens on; for programs that can't say which port they were given for port 0.
public func freePort() throws -> UInt16 {
    try bindToLoopback(0)
}

/// - Returns: the port that was bound, and is free again.
private func bindToLoopback(_ port: UInt16) throws -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    address.sin_port = port.bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutableBytes(of: &address) { bytes in
        let pointer = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress!
        return bind(descriptor, pointer, length) == 0 ? getsockname(descriptor, pointer, &length) : -1
    }
    guard status == 0 else { throw NoFreePort(code: errno) }
    return UInt16(bigEndian: address.sin_port)
}

/// A loopback port for a program that is to come back to it later. It lies below those that the kernel gives away, one of
/// which may have gone to somebody's connection by then.
public func lastingPort() throws -> UInt16 {
    for _ in 0..<1_000 {
        let port = UInt16.random(in: 20_000..<32_000)
        if (try? bindToLoopback(port)) != nil { return port }
    }
    throw NoFreePort(code: EADDRINUSE)
}

public struct NoFreePort: Error {
    public let code: Int32
}
