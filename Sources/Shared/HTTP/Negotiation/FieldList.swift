/// Walks the elements of a list field such as Accept: `value;name=value;name="quoted, value", value …`.
///
/// Takes anything, once from left to right: empty elements and nameless parameters are passed over, an open quote
/// ends with the field. All positions are those of the bytes that every call is given.
struct FieldList {
    struct Parameter {
        let name: Range<Int>
        /// Without the quotes, but with the backslashes between them.
        let value: Range<Int>
    }

    /// The current element up to its parameters, without blanks around it.
    private(set) var value = 0..<0
    private(set) var parameters: [Parameter] = []
    private var position = 0

    /// - Returns: false after the last element.
    mutating func next(in bytes: Span<UInt8>) -> Bool {
        while position < bytes.count, bytes[position].isBlank || bytes[position] == .comma { position += 1 }
        guard position < bytes.count else { return false }
        value = text(in: bytes) { $0 == .semicolon || $0 == .comma }
        parameters.removeAll(keepingCapacity: true)
        while position < bytes.count, bytes[position] == .semicolon {
            position += 1
            parseParameter(in: bytes)
        }
        return true
    }

    /// Where the value of the last parameter of that name is: Prometheus' own libraries go by the last, too.
    func parameter(_ name: [UInt8], in bytes: Span<UInt8>) -> Range<Int>? {
        parameters.last { bytes.hasLowercased(name, at: $0.name) }?.value
    }

    /// What the parameter `q` says.
    ///
    /// - Returns: nil if it says nothing that can be understood.
    func quality(in bytes: Span<UInt8>) -> Quality? {
        guard let range = parameter(Self.qualityName, in: bytes) else { return .full }
        return Quality(bytes, at: range)
    }

    private static let qualityName = Array("q".utf8)

    private mutating func parseParameter(in bytes: Span<UInt8>) {
        let name = text(in: bytes) { $0 == .equals || $0 == .semicolon || $0 == .comma }
        guard position < bytes.count, bytes[position] == .equals else { return }
        position += 1
        skipBlanks(in: bytes)
        let value = position < bytes.count && bytes[position] == .quote ? quoted(in: bytes) : unquoted(in: bytes)
        guard !name.isEmpty else { return }
        parameters.append(Parameter(name: name, value: value))
    }

    private mutating func unquoted(in bytes: Span<UInt8>) -> Range<Int> {
        text(in: bytes) { $0 == .semicolon || $0 == .comma }
    }

    private mutating func quoted(in bytes: Span<UInt8>) -> Range<Int> {
        position += 1
        let start = position
        while position < bytes.count, bytes[position] != .quote {
            position += bytes[position] == .backslash ? 2 : 1
        }
        position = min(position, bytes.count)
        let end = position
        if position < bytes.count { position += 1 }
        _ = unquoted(in: bytes)
        return start..<end
    }

    /// What comes before the next stop, without blanks around it.
    private mutating func text(in bytes: Span<UInt8>, until isStop: (UInt8) -> Bool) -> Range<Int> {
        skipBlanks(in: bytes)
        let start = position
        while position < bytes.count, !isStop(bytes[position]) { position += 1 }
        var end = position
        while end > start, bytes[end - 1].isBlank { end -= 1 }
        return start..<end
    }

    private mutating func skipBlanks(in bytes: Span<UInt8>) {
        while position < bytes.count, bytes[position].isBlank { position += 1 }
    }
}
