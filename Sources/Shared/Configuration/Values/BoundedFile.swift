import Glibc

/// A file that is read whole, if it is no larger than allowed.
struct BoundedFile {
    var bytes: [UInt8]
    /// Whether everybody on this host can read it.
    var isWorldReadable: Bool

    /// Refuses directories and devices, and does not wait for the writer of a pipe.
    init(_ path: String, limit: Int) throws(Rejection) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw BoundedFile.failure(path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw BoundedFile.failure(path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw Rejection("\(path) is no regular file") }
        isWorldReadable = status.st_mode & S_IROTH != 0
        bytes = try BoundedFile.contents(descriptor, path, limit: limit)
        guard bytes.count <= limit else { throw Rejection("\(path) is larger than the limit of \(limit) bytes") }
    }

    private static func contents(_ descriptor: Int32, _ path: String, limit: Int) throws(Rejection) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: min(limit + 1, 1 << 16))
        while bytes.count <= limit {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path) }
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        return bytes
    }

    private static func failure(_ path: String) -> Rejection {
        let code = errno
        return Rejection("can't read \(path): \(String(cString: strerror(code)))")
    }
}
