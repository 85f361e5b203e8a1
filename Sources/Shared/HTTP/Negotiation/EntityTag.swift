/// Names one version of a representation (RFC 9110 §8.8.3): `"42"`, or `W/"42"` where the bytes may differ.
public struct EntityTag: Hashable, Sendable {
    /// Without the quotes.
    public let opaque: String
    public let isWeak: Bool

    /// - Returns: nil if it has characters that a tag can't hold: quotes, blanks and control characters.
    public init?(_ opaque: String, isWeak: Bool = false) {
        guard opaque.utf8.allSatisfy(Self.isAllowed) else { return nil }
        self.opaque = opaque
        self.isWeak = isWeak
    }

    /// Reads a tag as it is written in ETag.
    public init?(parsing text: String) {
        let bytes = text.utf8.span
        var tags = EntityTagList()
        guard let tag = tags.next(in: bytes), tag.whole == bytes.indices else { return nil }
        opaque = String(decoding: bytes.bytes(at: tag.opaque), as: UTF8.self)
        isWeak = tag.whole.lowerBound + 1 < tag.opaque.lowerBound
    }

    /// Whether the client already has this version, compared weakly: 304 for GET and HEAD.
    ///
    /// What is no tag in the list is passed over, so that a client which can't write them gets the body.
    /// - Parameter header: If-None-Match (RFC 9110 §13.1.2), nil if there is none.
    public func matches(ifNoneMatch header: String?) -> Bool {
        guard let header else { return false }
        let bytes = header.utf8.span
        if bytes.has([.asterisk], at: bytes.trimmed) { return true }
        let own = Array(opaque.utf8)
        var tags = EntityTagList()
        while let tag = tags.next(in: bytes) {
            if bytes.has(own, at: tag.opaque) { return true }
        }
        return false
    }

    fileprivate static func isAllowed(_ byte: UInt8) -> Bool {
        byte > UInt8(ascii: " ") && byte != .quote && byte != 0x7F
    }
}

extension EntityTag: CustomStringConvertible {
    /// As it is written in ETag and If-None-Match.
    public var description: String {
        isWeak ? "W/\"\(opaque)\"" : "\"\(opaque)\""
    }
}

/// Walks the tags of a list, past everything that is none.
private struct EntityTagList {
    private var position = 0

    mutating func next(in bytes: Span<UInt8>) -> (whole: Range<Int>, opaque: Range<Int>)? {
        while position < bytes.count {
            while position < bytes.count, bytes[position].isBlank || bytes[position] == .comma { position += 1 }
            let start = position
            if let opaque = quoted(in: bytes) {
                let end = position
                if endsElement(in: bytes) { return (start..<end, opaque) }
            }
            while position < bytes.count, bytes[position] != .comma { position += 1 }
        }
        return nil
    }

    private mutating func quoted(in bytes: Span<UInt8>) -> Range<Int>? {
        if bytes.has(Self.weak, at: position..<min(position + 2, bytes.count)) { position += 2 }
        guard position < bytes.count, bytes[position] == .quote else { return nil }
        let start = position + 1
        position = start
        while position < bytes.count, EntityTag.isAllowed(bytes[position]) { position += 1 }
        guard position < bytes.count, bytes[position] == .quote else { return nil }
        position += 1
        return start..<position - 1
    }

    private mutating func endsElement(in bytes: Span<UInt8>) -> Bool {
        while position < bytes.count, bytes[position].isBlank { position += 1 }
        return position == bytes.count || bytes[position] == .comma
    }

    private static let weak = Array("W/".utf8)
}
