import CLinux
import Glibc

/// A listening socket. A unix socket's file goes with it.
final class Listener: Sendable {
    let descriptor: Descriptor
    let address: SocketAddress
    private let file: UnixSocketFile?

    init(_ address: SocketAddress, unixMode: mode_t, backlog: Int32 = 4096) throws(SystemError) {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        descriptor = try Descriptor(socket(address.family, kind, 0), from: "socket")
        try Self.prepare(descriptor.number, address)
        if case .unix(let path) = address { try UnixSocketFile.removeStale(path) }
        let number = descriptor.number
        guard address.withPointer({ bind(number, $0, $1) }) == 0 else { throw SystemError("bind \(address)") }
        if case .unix(let path) = address {
            // Before listen: until then nobody can connect.
            file = try UnixSocketFile(path, mode: unixMode)
            self.address = address
        } else {
            file = nil
            self.address = SocketAddress.filled { getsockname(number, $0, &$1) }.1
        }
        guard listen(number, backlog) == 0 else { throw SystemError("listen \(address)") }
    }

    private static func prepare(_ number: Int32, _ address: SocketAddress) throws(SystemError) {
        if case .unix = address { return }
        try set(number, SOL_SOCKET, SO_REUSEADDR)
        // Inherited by accepted connections; one system call less for each.
        try set(number, Int32(IPPROTO_TCP), TCP_NODELAY)
        if case .ipv6 = address { try set(number, Int32(IPPROTO_IPV6), IPV6_V6ONLY) }
    }

    private static func set(_ number: Int32, _ level: Int32, _ option: Int32) throws(SystemError) {
        var on: Int32 = 1
        guard setsockopt(number, level, option, &on, socklen_t(MemoryLayout<Int32>.size)) == 0 else {
            throw SystemError("setsockopt")
        }
    }

    enum Accepted: ~Copyable {
        case connection(Descriptor, peer: SocketAddress)
        case nobody
        /// The process or the system is out of descriptors or memory.
        case exhausted(SystemError)
    }

    func accept() -> Accepted {
        let flags = Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        while true {
            let (number, peer) = SocketAddress.filled { accept4(descriptor.number, $0, &$1, flags) }
            if number >= 0 { return .connection(Descriptor(number), peer: peer) }
            switch errno {
            case EAGAIN: return .nobody
            case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted(SystemError("accept4"))
            // Network errors of the connection that was to be accepted (accept(2)): the next may be better.
            default: continue
            }
        }
    }
}

/// The file of a listening unix socket.
private struct UnixSocketFile: ~Copyable, Sendable {
    private let path: String
    private let device: dev_t
    private let inode: ino_t

    init(_ path: String, mode: mode_t) throws(SystemError) {
        guard chmod(path, mode) == 0 else { throw SystemError("chmod \(path)") }
        var status = stat()
        guard lstat(path, &status) == 0 else { throw SystemError("lstat \(path)") }
        self.path = path
        device = status.st_dev
        inode = status.st_ino
    }

    /// Another process may have put its own file there meanwhile.
    deinit {
        var status = stat()
        if lstat(path, &status) == 0, status.st_dev == device, status.st_ino == inode { unlink(path) }
    }

    /// Removes what a process left that is no more; a file that is no socket, or somebody's who still listens, stays.
    static func removeStale(_ path: String) throws(SystemError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw SystemError("bind unix:\(path)", code: EEXIST) }
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let probe = try Descriptor(socket(AF_UNIX, kind, 0), from: "socket")
        let number = probe.number
        let result = SocketAddress.unix(path: path).withPointer { connect(number, $0, $1) }
        guard result != 0, errno == ECONNREFUSED else { throw SystemError("bind unix:\(path)", code: EADDRINUSE) }
        unlink(path)
    }
}
