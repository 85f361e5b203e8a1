/// A line of `/proc/self/mountinfo`, see proc_pid_mountinfo(5).
struct Mount {
    /// What of the file system is to be seen here.
    let root: String
    let point: String
    let type: Substring
    let options: [Substring]

    init?(_ line: Substring) {
        let words = line.words
        guard let separator = words.firstIndex(of: "-"), separator >= 6, separator + 3 < words.count else { return nil }
        root = Self.unescaped(words[3])
        point = Self.unescaped(words[4])
        type = words[separator + 1]
        options = words[separator + 3].split(separator: ",")
    }

    /// Space, tab, newline and backslash come as three octal digits.
    private static func unescaped(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"), let code = UInt8(Substring(rest.prefix(3)), radix: 8) {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
