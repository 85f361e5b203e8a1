/// A piece of what a command says, as it goes over the wire: a letter, the length in four bytes (most significant first),
/// and that many bytes.
enum CommandFrame: Hashable, Sendable {
    case output([UInt8])
    case error([UInt8])
    case exit(Int32)

    var bytes: [UInt8] {
        switch self {
        case .output(let bytes): Self.framed("o", bytes)
        case .error(let bytes): Self.framed("e", bytes)
        case .exit(let code): Self.framed("x", Array("\(code)".utf8))
        }
    }

    private static func framed(_ letter: Unicode.Scalar, _ content: [UInt8]) -> [UInt8] {
        let count = UInt32(content.count)
        return [UInt8(ascii: letter)] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) } + content
    }
}

/// Puts frames together from pieces that are cut anywhere.
struct CommandFrameReader {
    private var bytes: [UInt8] = []

    mutating func add(_ more: [UInt8]) {
        bytes += more
    }

    /// The next frame that is complete; nothing too for what is none.
    mutating func next() -> CommandFrame? {
        guard bytes.count >= 5 else { return nil }
        let count = bytes[1..<5].reduce(0) { $0 << 8 | Int($1) }
        guard bytes.count >= 5 + count else { return nil }
        let content = Array(bytes[5..<(5 + count)])
        let letter = bytes[0]
        bytes.removeFirst(5 + count)
        switch letter {
        case UInt8(ascii: "o"): return .output(content)
        case UInt8(ascii: "e"): return .error(content)
        default: return .exit(Int32(String(decoding: content, as: UTF8.self)) ?? 1)
        }
    }
}
