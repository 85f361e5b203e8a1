import Configuration
import FoundationEssentials
import Glibc
import ServiceRuntime

/// The directory of all files of a fleet on one machine, which one process has at a time.
struct StateDirectory: ~Copyable {
    let path: String
    /// The kernel unlocks it with the process, too, however that ends.
    private let lock: Int32

    /// - Parameter path: made where it isn't there, with what leads to it; nil for a new one among temporary files.
    init(_ path: String?) throws(ConfigurationError) {
        if let path { try Self.make(path) }
        let place = if let path { path } else { try Self.makeTemporary() }
        let descriptor = try Self.lock(place)
        self.path = place
        lock = descriptor
    }

    deinit {
        close(lock)
    }

    func write(_ text: String, to name: String) throws(ConfigurationError) {
        do throws(FileError) {
            try DurableFile.write(Array(text.utf8), to: "\(path)/\(name)")
        } catch {
            throw Self.complaint("can't write \(path)/\(name)", error.code)
        }
    }

    private static func make(_ path: String) throws(ConfigurationError) {
        do throws(FileError) {
            try makeAll(path)
        } catch {
            throw complaint("can't make \(path)", error.code)
        }
    }

    private static func makeAll(_ path: String) throws(FileError) {
        do throws(FileError) {
            try DurableFile.makeDirectory(path)
        } catch {
            let parent = path.split(separator: "/").dropLast().joined(separator: "/")
            guard error.code == ENOENT, !parent.isEmpty else { throw error }
            try makeAll((path.hasPrefix("/") ? "/" : "") + parent)
            try DurableFile.makeDirectory(path)
        }
    }

    /// Under a name that nobody can have taken before.
    private static func makeTemporary() throws(ConfigurationError) -> String {
        let pattern = FileManager.default.temporaryDirectory.path + "/slurm-fleet-XXXXXX"
        var path = Array(pattern.utf8CString)
        guard mkdtemp(&path) != nil else { throw complaint("can't make \(pattern)", errno) }
        return path.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    private static func lock(_ path: String) throws(ConfigurationError) -> Int32 {
        let descriptor = open("\(path)/up.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw complaint("can't write \(path)/up.lock", errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            throw code == EWOULDBLOCK
                ? complaint("\(path) is in use by another 'up'") : complaint("can't lock \(path)/up.lock", code)
        }
        return descriptor
    }

    private static func complaint(_ text: String, _ code: Int32? = nil) -> ConfigurationError {
        let reason = code.map { ": \(String(cString: strerror($0)))" } ?? ""
        return ConfigurationError([Diagnostic(at: .flag("state"), "", text + reason)])
    }
}
