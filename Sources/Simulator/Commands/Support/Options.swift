import SimulatedCluster

/// An option of a command, as getopt_long(3) takes it.
struct Option<Key: Sendable>: Sendable {
    enum Argument { case none, required, optional }

    let key: Key
    let letter: Character?
    let names: [String]
    let argument: Argument

    init(_ key: Key, _ letter: Character? = nil, _ names: String..., argument: Argument = .none) {
        self.key = key
        self.letter = letter
        self.names = names
        self.argument = argument
    }
}

/// A command line taken apart: options with their arguments, and what is left, both in order.
///
/// Like GNU's getopt_long: options may follow operands, long ones may be cut where that is unambiguous, `--` ends them.
struct CommandLine<Key: Sendable> {
    private(set) var options: [(key: Key, argument: Text)] = []
    private(set) var operands: [Text] = []

    private let program: String
    private let known: [Option<Key>]
    private var rest: ArraySlice<Text>

    init(_ arguments: ArraySlice<Text>, of program: String, knowing known: [Option<Key>]) throws(CommandFailure) {
        self.program = program
        self.known = known
        rest = arguments
        while let word = rest.popFirst() {
            if word == "--" {
                operands += rest
                return
            }
            try take(word)
        }
    }

    private mutating func take(_ word: Text) throws(CommandFailure) {
        if word.bytes.starts(with: "--".utf8) {
            try takeLong(word.bytes.dropFirst(2))
        } else if word.bytes.first == UInt8(ascii: "-"), word.bytes.count > 1 {
            try takeLetters(word.bytes.dropFirst())
        } else {
            operands.append(word)
        }
    }

    private mutating func takeLetters(_ letters: ArraySlice<UInt8>) throws(CommandFailure) {
        var letters = letters
        while let letter = letters.popFirst().map({ Character(Unicode.Scalar($0)) }) {
            guard let option = known.first(where: { $0.letter == letter }) else {
                throw .usage(program, "invalid option -- '\(letter)'")
            }
            switch option.argument {
            case .none:
                options.append((option.key, .empty))
            case .optional:
                options.append((option.key, Text(bytes: Array(letters))))
                return
            case .required:
                guard let argument = letters.isEmpty ? rest.popFirst() : Text(bytes: Array(letters)) else {
                    throw .usage(program, "option requires an argument -- '\(letter)'")
                }
                options.append((option.key, argument))
                return
            }
        }
    }

    private mutating func takeLong(_ word: ArraySlice<UInt8>) throws(CommandFailure) {
        let parts = word.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(decoding: parts[0], as: UTF8.self)
        let option = try find(name)
        var value = parts.count > 1 ? Text(bytes: Array(parts[1])) : nil
        if value == nil, option.argument == .required {
            value = rest.popFirst()
            if value == nil { throw .usage(program, "option '--\(name)' requires an argument") }
        }
        if value != nil, option.argument == .none {
            throw .usage(program, "option '--\(name)' doesn't allow an argument")
        }
        options.append((option.key, value ?? .empty))
    }

    private func find(_ name: String) throws(CommandFailure) -> Option<Key> {
        if let exact = known.first(where: { $0.names.contains(name) }) { return exact }
        let candidates = known.filter { $0.names.contains { $0.hasPrefix(name) } }
        switch candidates.count {
        case 0: throw .usage(program, "unrecognized option '--\(name)'")
        case 1: return candidates[0]
        default:
            let names = candidates.flatMap(\.names).filter { $0.hasPrefix(name) }.map { " '--\($0)'" }
            throw .usage(program, "option '--\(name)' is ambiguous; possibilities:\(names.joined())")
        }
    }
}

extension Text {
    /// The parts between commas; empty ones are left out.
    var listed: [Text] {
        bytes.split(separator: UInt8(ascii: ",")).map { Text(bytes: Array($0)) }
    }

    /// Whether two names differ in nothing but the case of ASCII letters.
    func equalsIgnoringCase(_ other: Text) -> Bool {
        bytes.count == other.bytes.count
            && zip(bytes, other.bytes).allSatisfy { $0.asciiLowercased == $1.asciiLowercased }
    }

    var number: Int? { Int(repaired) }
}

extension UInt8 {
    var asciiLowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
    var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }
}
