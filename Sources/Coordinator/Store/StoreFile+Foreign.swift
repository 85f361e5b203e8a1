import Glibc

extension StoreFile {
    private static let header = Array("SQLite format 3\0".utf8)
    /// What stands beside a store that a coordinator has opened, the first of them for ever.
    private static let companions = [".lock", "-wal", "-shm", "-journal"]

    /// Whether something else is at this path, such as a text: a file that no coordinator has opened, is not empty, and
    /// doesn't begin as a database does. What a store of ours has become by damage isn't meant; it is set aside.
    ///
    /// Nothing that has companions is opened, since that would end the locks that this process may have on it.
    public static func isForeign(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0,
            !companions.contains(where: { access(path + $0, F_OK) == 0 })
        else { return false }
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var start = [UInt8](repeating: 0, count: header.count)
        let count = Glibc.read(descriptor, &start, start.count)
        return count >= 0 && Array(start.prefix(count)) != header
    }
}
