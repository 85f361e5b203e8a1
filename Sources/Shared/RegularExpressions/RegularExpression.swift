import CRE2

/// A regular expression in RE2's syntax, which is Prometheus' too, that holds for whole texts only.
///
/// Time is linear in the text whatever the pattern, and memory is bounded: there is neither look-around nor a reference
/// back. A dot stands for any character, line ends included.
public final class RegularExpression: @unchecked Sendable {
    // RE2 locks what it works out while it matches, so the only mutable state is its own.
    private let expression: OpaquePointer

    /// What one expression may take, in bytes, for its program and for what it works out while it matches.
    static let memoryLimit: Int64 = 8 << 20

    public init(_ pattern: [UInt8]) throws(InvalidRegularExpression) {
        var message = [CChar](repeating: 0, count: 512)
        let expression = pattern.withUnsafeBytes { bytes in
            re2_compile(bytes.bindMemory(to: CChar.self).baseAddress, bytes.count, Self.memoryLimit, &message, 512)
        }
        guard let expression else {
            let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw InvalidRegularExpression(reason: String(decoding: text, as: UTF8.self))
        }
        self.expression = expression
    }

    public convenience init(_ pattern: String) throws(InvalidRegularExpression) {
        try self.init(Array(pattern.utf8))
    }

    deinit {
        re2_release(expression)
    }

    /// In instructions: what it took to compile grows with it, and what it takes in memory.
    public var size: Int { Int(re2_program_size(expression)) }

    public func matches(_ text: Span<UInt8>) -> Bool {
        text.withUnsafeBytes { re2_matches(expression, $0.bindMemory(to: CChar.self).baseAddress, $0.count) }
    }

    public func matches(_ text: String) -> Bool {
        matches(text.utf8.span)
    }
}

public struct InvalidRegularExpression: Error, Hashable, CustomStringConvertible {
    /// In RE2's words.
    public let reason: String

    public var description: String { reason }
}
