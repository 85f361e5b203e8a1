import Glibc

/// A file of /proc or of a control group: its size is not known before it is read.
enum SmallFile {
    /// - Returns: nil when it isn't there or can't be read.
    static func text(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return withUnsafeTemporaryAllocation(byteCount: 4_096, alignment: 1) { buffer in
            var bytes: [UInt8] = []
            while true {
                let count = read(descriptor, buffer.baseAddress, buffer.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return count == 0 ? String(decoding: bytes, as: UTF8.self) : nil }
                bytes.append(contentsOf: buffer.prefix(count))
            }
        }
    }

    /// - Returns: nil also when the file holds something else, such as `max`.
    static func number<Number: LosslessStringConvertible>(_ path: String) -> Number? {
        text(path).flatMap { $0[...].words.first }.flatMap { Number(String($0)) }
    }

    /// The words that follow a name at the start of a line.
    static func words(after name: String, in text: String) -> [Substring]? {
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) where line.starts(with: name.utf8) {
            return Substring(line.dropFirst(name.utf8.count)).words
        }
        return nil
    }
}

extension Substring {
    /// What stands between spaces, tabs and newlines. By bytes: finding characters takes several times as long.
    var words: [Substring] {
        utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\n") }
            .map(Substring.init)
    }
}
