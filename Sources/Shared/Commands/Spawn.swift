import CLinux
import Glibc

/// posix_spawn(3) with everything that a program shouldn't have from us taken away.
struct Spawn {
    private let command: Command

    init(_ command: Command) {
        self.command = command
    }

    /// - Returns: the process, which leads a group of its own.
    func run(output: Int32, errors: Int32) throws(CommandError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        try check(posix_spawn_file_actions_init(&actions))
        defer { posix_spawn_file_actions_destroy(&actions) }
        try check(posix_spawnattr_init(&attributes))
        defer { posix_spawnattr_destroy(&attributes) }
        try redirect(&actions, output: output, errors: errors)
        try isolate(&attributes)
        return try start(&actions, &attributes)
    }

    private func redirect(
        _ actions: inout posix_spawn_file_actions_t, output: Int32, errors: Int32
    ) throws(CommandError) {
        try check(posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0))
        try check(posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO))
        try check(posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO))
        // What a library of ours has opened without close-on-exec included.
        try check(posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1))
    }

    private func isolate(_ attributes: inout posix_spawnattr_t) throws(CommandError) {
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        try check(posix_spawnattr_setsigmask(&attributes, &none))
        try check(posix_spawnattr_setsigdefault(&attributes, &all))
        try check(posix_spawnattr_setpgroup(&attributes, 0))
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
        try check(posix_spawnattr_setflags(&attributes, Int16(flags)))
    }

    private func start(
        _ actions: inout posix_spawn_file_actions_t, _ attributes: inout posix_spawnattr_t
    ) throws(CommandError) -> pid_t {
        let arguments = CStrings([command.program] + command.arguments)
        let variables = CStrings(command.environment.map { "\($0.key)=\($0.value)" })
        var identifier = pid_t()
        try check(
            posix_spawnp(&identifier, command.program, &actions, &attributes, arguments.array, variables.array))
        return identifier
    }

    private func check(_ code: Int32) throws(CommandError) {
        guard code != 0 else { return }
        let kind: CommandError.Kind =
            switch code {
            case ENOENT, ENOTDIR: .missing
            case EACCES, EPERM, ENOEXEC, ELOOP, EISDIR, ENAMETOOLONG, E2BIG: .unusable
            default: .local
            }
        throw CommandError(kind: kind, description: "\(command.program): \(String(cString: strerror(code)))")
    }
}

/// Texts as C wants a program's arguments.
private struct CStrings: ~Copyable {
    let array: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ texts: [String]) {
        count = texts.count
        array = .allocate(capacity: count + 1)
        for (index, text) in texts.enumerated() { array[index] = strdup(text) }
        array[count] = nil
    }

    deinit {
        for index in 0..<count { free(array[index]) }
        array.deallocate()
    }
}
