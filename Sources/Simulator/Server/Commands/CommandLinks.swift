import Glibc

/// The links under whose names this program answers as Slurm's commands.
enum CommandLinks {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Makes the directory where it is missing; links that are there are made anew, and anything else is left alone.
    static func make(in directory: String) throws(Failure) {
        guard let program = realpath("/proc/self/exe", nil) else { throw failure("/proc/self/exe") }
        defer { free(program) }
        if mkdir(directory, 0o755) != 0, errno != EEXIST { throw failure(directory) }
        for name in SlurmCommand.names {
            let link = directory + "/" + name
            if isLink(link) { unlink(link) }
            guard symlink(program, link) == 0 else { throw failure(link) }
        }
    }

    private static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    private static func failure(_ path: String) -> Failure {
        Failure(description: "\(path): \(String(cString: strerror(errno)))")
    }
}
