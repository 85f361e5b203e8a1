/// Why a command ends without an answer: what it says, and its exit code.
struct CommandFailure: Error {
    let message: [UInt8]
    let code: Int32

    /// Text that stands for itself, without the command's name before it.
    init(_ message: String, code: Int32 = 1) {
        self.message = Array(message.utf8)
        self.code = code
    }

    /// What Slurm's error() writes: `squeue: error: …`.
    static func error(_ program: String, _ message: String) -> CommandFailure {
        CommandFailure("\(program): error: \(message)\n")
    }

    /// What getopt(3) and the commands after it write.
    static func usage(_ program: String, _ message: String) -> CommandFailure {
        CommandFailure("\(program): \(message)\nTry \"\(program) --help\" for more information\n")
    }
}
