import Glibc

/// A program that a benchmark runs. It is ended with its last reference.
final class Program {
    struct Failure: Error {
        let program: String
        let code: Int32
    }

    let identifier: pid_t
    private let output: Int32
    /// Held open: some programs end when their input does.
    private let input: Int32

    init(_ path: String, _ arguments: [String]) throws {
        let (inputEnds, outputEnds) = (try Self.pipe(), try Self.pipe())
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, inputEnds.read, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, outputEnds.write, STDOUT_FILENO)
        var words = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var identifier: pid_t = 0
        let code = posix_spawnp(&identifier, path, &actions, nil, &words, environ)
        close(inputEnds.read)
        close(outputEnds.write)
        guard code == 0 else { throw Failure(program: path, code: code) }
        self.identifier = identifier
        input = inputEnds.write
        output = outputEnds.read
    }

    deinit {
        close(input)
        close(output)
        kill(identifier, SIGTERM)
        waitpid(identifier, nil, 0)
    }

    func line() -> String {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while read(output, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
        return String(decoding: line, as: UTF8.self)
    }

    /// All that it prints up to its end.
    func text() -> String {
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = read(output, &buffer, buffer.count), count > 0 { text += buffer[..<count] }
        return String(decoding: text, as: UTF8.self)
    }

    /// Memory in use now and at most so far, in MiB.
    var memory: (now: Double, peak: Double) {
        let status = contents(of: "/proc/\(identifier)/status")
        func figure(_ name: String) -> Double {
            let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
            return line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Double($0) }
                ?? 0
        }
        return (figure("VmRSS:") / 1024, figure("VmHWM:") / 1024)
    }

    /// Processor time used so far, in seconds.
    var processorSeconds: Double {
        // After the name, which is in parentheses and may hold blanks; the 12th and 13th word from there.
        let words = contents(of: "/proc/\(identifier)/stat").split(separator: ")").last?.split(separator: " ") ?? []
        guard words.count > 12, let user = Double(words[11]), let system = Double(words[12]) else { return .nan }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// A program that is built together with this one.
    static func beside(_ name: String) -> String {
        var own = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &own, own.count)
        let names = own.prefix(max(count, 0)).split(separator: CChar(bitPattern: UInt8(ascii: "/")))
        let directory = names.dropLast().map { String(decoding: $0.map(UInt8.init), as: UTF8.self) }
        return "/" + (directory + [name]).joined(separator: "/")
    }

    private static func pipe() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [0, 0]
        guard Glibc.pipe(&ends) == 0 else { throw Failure(program: "pipe", code: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}

func contents(of path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = getc(file), byte != EOF { bytes.append(UInt8(byte)) }
    return String(decoding: bytes, as: UTF8.self)
}
