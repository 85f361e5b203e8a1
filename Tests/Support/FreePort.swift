import Glibc
import Locks

/// A loopback port that nobody listens on, for programs that can't say which port they were given for port 0.
///
/// No process gets one twice: several are often chosen before the first of them is listened on. They lie below those that
/// the kernel gives away, one of which may have gone to somebody's connection by the time a program comes (back) to it.
public func freePort() throws -> UInt16 {
    try remaining.withLock { ports in
        while let port = ports.popLast() {
            if bindsToLoopback(port) { return port }
        }
        throw NoFreePort()
    }
}

private let remaining = Locked<[UInt16]>((20_000..<32_000).shuffled())

private func bindsToLoopback(_ port: UInt16) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    address.sin_port = port.bigEndian
    return withUnsafeBytes(of: &address) { bytes in
        bind(descriptor, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress!, socklen_t(bytes.count)) == 0
    }
}

public struct NoFreePort: Error {}
