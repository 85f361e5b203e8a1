extension RequestHead {
    /// Reads `METHOD SP TARGET SP VERSION`: exactly two spaces, no other way to separate (RFC 9112 §3).
    init(requestLine line: RawSpan) throws(RequestError) {
        guard let first = line.firstOffset(of: space) else { throw .malformedRequestLine }
        let rest = line.extracting((first + 1)..<line.byteCount)
        guard let second = rest.firstOffset(of: space) else { throw .malformedRequestLine }
        let method = line.extracting(0..<first).withUnsafeBytes { HTTPMethod($0) }
        guard let method else { throw .malformedRequestLine }
        let version = try HTTPVersion(rest.extracting((second + 1)..<rest.byteCount))
        guard method != .connect else { throw .unsupportedMethod }
        let target = rest.extracting(0..<second).withUnsafeBytes { RequestTarget($0) }
        guard let target, !target.isAsterisk || method == .options else { throw .malformedTarget }
        self.init(method: method, target: target, version: version)
    }
}

extension HTTPVersion {
    /// Reads `HTTP/D.D`, case-sensitive.
    fileprivate init(_ bytes: RawSpan) throws(RequestError) {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let isVersion = bytes.withUnsafeBytes {
            $0.count == 8 && $0.starts(with: "HTTP/".utf8) && digits.contains($0[5]) && $0[6] == UInt8(ascii: ".")
                && digits.contains($0[7])
        }
        guard isVersion else { throw .malformedRequestLine }
        guard bytes[5] == UInt8(ascii: "1") else { throw .unsupportedVersion }
        self = bytes[7] == UInt8(ascii: "0") ? .http10 : .http11
    }
}

extension HTTPFields {
    /// Reads `NAME: VALUE` (RFC 9112 §5).
    mutating func append(line: RawSpan) throws(RequestError) {
        let parts = try FieldLine(line)
        line.withUnsafeBytes { append(name: $0[parts.name], value: $0[parts.value]) }
    }
}

/// Where name and value are in a field line.
struct FieldLine {
    let name: Range<Int>
    let value: Range<Int>

    init(_ line: RawSpan) throws(RequestError) {
        guard line[0] != space, line[0] != tab else { throw .foldedField }
        guard let colon = line.firstOffset(of: UInt8(ascii: ":")) else { throw .malformedField }
        var start = colon + 1
        var end = line.byteCount
        while start < end, line[start] == space || line[start] == tab { start += 1 }
        while start < end, line[end - 1] == space || line[end - 1] == tab { end -= 1 }
        name = 0..<colon
        value = start..<end
        let (name, value) = (name, value)
        let isValid = line.withUnsafeBytes { HTTPToken.isValid($0[name]) && $0[value].allSatisfy(Self.isAllowed) }
        guard isValid else { throw .malformedField }
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        byte >= space && byte != 0x7F || byte == tab
    }
}

private let space = UInt8(ascii: " ")
private let tab = UInt8(ascii: "\t")
