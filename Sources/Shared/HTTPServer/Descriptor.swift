import Glibc

/// Owns a file descriptor, and closes it.
struct Descriptor: ~Copyable, Sendable {
    let number: Int32

    /// - Parameter number: what a system call returned; negative means that it failed.
    init(_ number: Int32, from call: String) throws(SystemError) {
        guard number >= 0 else { throw SystemError(call) }
        self.number = number
    }

    /// - Parameter number: an open descriptor.
    init(_ number: Int32) {
        self.number = number
    }

    deinit {
        close(number)
    }
}
