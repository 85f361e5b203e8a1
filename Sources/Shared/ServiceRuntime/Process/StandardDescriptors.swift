import Glibc

/// The three descriptors that every program takes for granted.
public enum StandardDescriptors {
    /// Opens /dev/null where one is closed, so that no socket or pipe gets its number and the log writes into it.
    public static func open() {
        var opened = Glibc.open("/dev/null", O_RDWR)
        while (0...STDERR_FILENO).contains(opened) { opened = Glibc.open("/dev/null", O_RDWR) }
        if opened > STDERR_FILENO { close(opened) }
    }

    /// Writes to standard output.
    ///
    /// - Returns: whether all of it was taken; a full disk is no success.
    public static func print(_ text: String) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            guard written > 0 || errno == EINTR else { return false }
            rest = rest.dropFirst(max(0, written))
        }
        return true
    }
}
