/// What a body is: `text/plain; version=0.0.4; charset=utf-8`.
///
/// Written as a literal where it is ours; a literal that is none is our own bug.
public struct MediaType: Sendable {
    /// As written, for Content-Type.
    public let text: String

    let type: [UInt8]
    let subtype: [UInt8]
    let parameters: [(name: [UInt8], value: [UInt8])]

    /// - Returns: nil unless it is one type without wildcards.
    public init?(_ text: String) {
        let bytes = text.utf8.span
        var list = FieldList()
        guard list.next(in: bytes), let range = MediaRange(bytes, at: list.value) else { return nil }
        type = bytes.bytes(at: range.type).map(\.lowercased)
        subtype = bytes.bytes(at: range.subtype).map(\.lowercased)
        guard ([type, subtype] + list.parameters.map { bytes.bytes(at: $0.name) }).allSatisfy(HTTPToken.isValid)
        else { return nil }
        guard type != [.asterisk], subtype != [.asterisk] else { return nil }
        parameters = list.parameters.map {
            (bytes.bytes(at: $0.name).map(\.lowercased), bytes.bytes(at: $0.value).map(\.lowercased))
        }
        guard !list.next(in: bytes) else { return nil }
        self.text = text
    }
}

extension MediaType: CustomStringConvertible {
    public var description: String { text }
}

extension MediaType: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) {
        guard let type = MediaType(text) else { preconditionFailure("not a media type: \(text)") }
        self = type
    }
}

/// The two halves of `type/subtype`, wherever it is written.
struct MediaRange {
    let type: Range<Int>
    let subtype: Range<Int>

    init?(_ bytes: Span<UInt8>, at range: Range<Int>) {
        guard let slash = range.first(where: { bytes[$0] == .slash }) else { return nil }
        type = range.lowerBound..<slash
        subtype = slash + 1..<range.upperBound
        guard !type.isEmpty, !subtype.isEmpty else { return nil }
    }
}
