import Glibc

/// A process and all that descend from it. Whoever loses its parent becomes this process's own child, so that nobody
/// gets away: as long as there is a child, there is somebody left.
final class Family {
    let eldest: pid_t

    /// The eldest's exit code, or 128 and the signal that ended it; nil as long as it lives.
    private(set) var status: Int32?

    struct NoStart: Error {
        let command: String
        let code: Int32
    }

    init(_ command: [String]) throws {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // What this process blocks and ignores is not its child's to inherit.
        var none = SignalSet.none
        var all = SignalSet.all
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
        posix_spawnattr_setflags(&attributes, Int16(flags))
        let arguments = command.map { strdup($0) } + [nil]
        var identifier: pid_t = 0
        let code = posix_spawnp(&identifier, command[0], nil, &attributes, arguments, environ)
        guard code == 0 else { throw NoStart(command: command[0], code: code) }
        eldest = identifier
    }

    /// Takes note of those that have ended.
    ///
    /// - Returns: whether there are others.
    @discardableResult
    func reap() -> Bool {
        while true {
            var status: Int32 = 0
            let identifier = waitpid(-1, &status, WNOHANG)
            if identifier <= 0 { return identifier == 0 }
            if identifier == eldest { self.status = Self.exitCode(of: status) }
        }
    }

    /// Kills one generation after the other, since the grandchildren of today are the children of tomorrow.
    func end() {
        while reap() {
            for child in Self.children(of: getpid()) { kill(child, SIGKILL) }
            usleep(2_000)
        }
    }

    private static func exitCode(of status: Int32) -> Int32 {
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    private static func children(of parent: pid_t) -> [pid_t] {
        guard let directory = opendir("/proc") else { return [] }
        defer { closedir(directory) }
        var found: [pid_t] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let identifier = pid_t(name), Self.parent(of: identifier) == parent { found.append(identifier) }
        }
        return found
    }

    /// The fourth field of stat; the second is a name in parentheses that may hold anything.
    private static func parent(of identifier: pid_t) -> pid_t? {
        guard let file = fopen("/proc/\(identifier)/stat", "r") else { return nil }
        defer { fclose(file) }
        var buffer = [UInt8](repeating: 0, count: 512)
        let text = String(decoding: buffer[..<fread(&buffer, 1, buffer.count, file)], as: UTF8.self)
        let fields = text.split(separator: ")").last?.split(separator: " ")
        return fields.flatMap { $0.count > 1 ? pid_t($0[1]) : nil }
    }
}

extension SignalSet {
    fileprivate static var none: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        return set
    }

    fileprivate static var all: sigset_t {
        var set = sigset_t()
        sigfillset(&set)
        return set
    }
}
