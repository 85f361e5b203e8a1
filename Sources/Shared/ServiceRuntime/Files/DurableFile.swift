import Glibc

/// Files that hold what must not be lost: whoever reads one finds all of what was written last, or of what was written
/// before, whenever the writer or the machine stopped.
public enum DurableFile {
    /// On return the bytes are on the disk, under their name.
    public static func write(_ bytes: [UInt8], to path: String, permissions: UInt32 = 0o600) throws(FileError) {
        // Named for the process, so that two that write the same file never mix.
        let draft = "\(path).\(getpid()).new"
        do throws(FileError) {
            try writeAll(bytes, to: draft, permissions)
            guard rename(draft, path) == 0 else { throw FileError("rename", path) }
        } catch {
            unlink(draft)
            throw error
        }
        try synchronize(directory: directory(of: path))
    }

    /// - Returns: nil where there is no such file.
    public static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT { return nil }
        guard descriptor >= 0 else { throw FileError("open", path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileError("read", path) }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= limit else { throw FileError("read", path, code: EFBIG) }
        }
    }

    /// Gives a file another name beside it, for people to look at.
    public static func setAside(_ path: String, as name: String) throws(FileError) {
        guard rename(path, name) == 0 else { throw FileError("rename", path) }
        try synchronize(directory: directory(of: path))
    }

    /// Also fine where the directory is there already.
    public static func makeDirectory(_ path: String, permissions: UInt32 = 0o700) throws(FileError) {
        guard mkdir(path, permissions) == 0 || errno == EEXIST else { throw FileError("mkdir", path) }
    }

    private static func writeAll(_ bytes: [UInt8], to path: String, _ permissions: UInt32) throws(FileError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, permissions)
        guard descriptor >= 0 else { throw FileError("open", path) }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + written, $0.count - written) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileError("write", path) }
            written += count
        }
        guard fsync(descriptor) == 0 else { throw FileError("fsync", path) }
    }

    /// A new name is on the disk when its directory is.
    private static func synchronize(directory path: String) throws(FileError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError("open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FileError("fsync", path) }
    }

    private static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

/// What the operating system refused to do with a file.
public struct FileError: Error, Equatable, CustomStringConvertible {
    public let operation: String
    public let path: String
    public let code: Int32

    init(_ operation: String, _ path: String, code: Int32 = errno) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    public var description: String { "\(operation) \(path): \(String(cString: strerror(code)))" }
}
