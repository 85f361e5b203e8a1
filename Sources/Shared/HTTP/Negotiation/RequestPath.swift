/// The path of a request as decoded segments, never as text that would have to be cut again: a slash that was escaped
/// is part of its segment.
///
/// Nothing is normalised. A path with a segment `.` or `..`, escaped or not, is refused: clients resolve
/// those themselves (RFC 3986 §5.2.4), so what arrives with them is looking for a gap. Empty segments stay, and so
/// `/metrics`, `/metrics/` and `//metrics` are three paths, of which a route matches one.
public struct RequestPath: Hashable, Sendable {
    /// What stands after each slash: `/` is one empty segment.
    public let segments: [String]

    /// - Parameter text: the path as it came, without the query.
    public init(_ text: String) throws(RequestTargetError) {
        let bytes = text.utf8.span
        guard !bytes.isEmpty, bytes[0] == .slash else { throw .notAbsolute }
        var segments: [String] = []
        var start = 1
        while start <= bytes.count {
            let end = (start..<bytes.count).first { bytes[$0] == .slash } ?? bytes.count
            let segment = try PercentEncoding.decode(bytes, at: start..<end, plusIsSpace: false)
            guard segment != ".", segment != ".." else { throw .dotSegment(position: start) }
            segments.append(segment)
            start = end + 1
        }
        self.segments = segments
    }
}

extension RequestPath: CustomStringConvertible {
    /// As it is written in a URL.
    public var description: String {
        segments.map { "/" + PercentEncoding.encode($0) }.joined()
    }
}
