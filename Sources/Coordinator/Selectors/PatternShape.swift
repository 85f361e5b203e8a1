/// What can be told of a regular expression without compiling it.
enum PatternShape: Equatable {
    /// It holds for these values and no others.
    case literals([[UInt8]])
    /// `abc.*` and `abc.+`, the beginning being empty as well.
    case prefix([UInt8], more: Int)
    case other(prefix: [UInt8])

    init(_ pattern: [UInt8]) {
        var alternatives: [[UInt8]] = []
        var literal = Literal()
        var index = 0
        while index < pattern.count {
            let byte = pattern[index]
            if byte == UInt8(ascii: "|") {
                alternatives.append(literal.take())
            } else if byte == UInt8(ascii: "\\"), index + 1 < pattern.count, pattern[index + 1].isPunctuation {
                index += 1
                literal.append(pattern[index])
            } else if byte.isSpecial {
                self = Self.special(pattern[index...], after: literal, alternatives.isEmpty)
                return
            } else {
                literal.append(byte)
            }
            index += 1
        }
        self = .literals(alternatives + [literal.bytes])
    }

    /// - Parameter isFirst: whether no alternative came before; what follows may still bring some.
    private static func special(_ rest: ArraySlice<UInt8>, after literal: Literal, _ isFirst: Bool) -> PatternShape {
        guard isFirst else { return .other(prefix: []) }
        if rest.elementsEqual(".*".utf8) { return .prefix(literal.bytes, more: 0) }
        if rest.elementsEqual(".+".utf8) { return .prefix(literal.bytes, more: 1) }
        guard !rest.contains(UInt8(ascii: "|")) else { return .other(prefix: []) }
        let isRepetition = "*+?{".utf8.contains(rest.first!)
        return .other(prefix: isRepetition ? literal.withoutLast : literal.bytes)
    }
}

/// Characters that stand for themselves.
private struct Literal {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ byte: UInt8) {
        bytes.append(byte)
    }

    mutating func take() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    /// Without the last character, of however many bytes.
    var withoutLast: [UInt8] {
        let start = bytes.lastIndex { $0 & 0xC0 != 0x80 } ?? 0
        return Array(bytes[..<start])
    }
}

extension UInt8 {
    /// Whether it may mean something other than itself.
    fileprivate var isSpecial: Bool { #"\.+*?()|[]{}^$"#.utf8.contains(self) }

    /// What stands for itself behind a backslash.
    fileprivate var isPunctuation: Bool {
        switch self {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }
}
