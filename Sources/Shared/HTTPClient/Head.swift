/// Status line and fields of a final response.
struct Head: Hashable, Sendable {
    var status: Int
    var version: HTTPClient.Version
    var fields = HTTPClient.Fields()

    /// Whether a body can follow; Content-Length may be there even when none does (RFC 9110 §8.6).
    var allowsBody: Bool { status != 204 && status != 304 }

    var contentLength: Int? { fields["Content-Length"].flatMap { Int($0) } }

    var isGzip: Bool {
        guard let encoding = fields["Content-Encoding"] else { return false }
        return encoding.equalsIgnoringCase("gzip") || encoding.equalsIgnoringCase("x-gzip")
    }
}

/// Puts heads together from the lines that libcurl hands over, one at a time and with their line breaks.
///
/// libcurl has checked their grammar; interim responses (1xx) are passed over.
struct HeadParser {
    private var head: Head?

    struct Malformed: Error, Hashable {
        let reason: String
    }

    /// - Returns: the head, when this line ends a final one.
    mutating func take(_ line: some BidirectionalCollection<UInt8>) throws(Malformed) -> Head? {
        let text = Self.trimmed(line[...])
        if text.isEmpty { return try finish() }
        if head == nil {
            head = try Self.statusLine(text)
        } else if line.first == 0x20 || line.first == 0x09 {
            head?.fields.extendLast(with: String(decoding: text, as: UTF8.self))
        } else if let colon = text.firstIndex(of: UInt8(ascii: ":")) {
            head?.fields.append(
                String(decoding: text[..<colon], as: UTF8.self),
                String(decoding: Self.trimmed(text[text.index(after: colon)...]), as: UTF8.self))
        }
        return nil
    }

    private mutating func finish() throws(Malformed) -> Head? {
        guard let finished = head else { throw Malformed(reason: "the response has no status line") }
        head = nil
        guard finished.status != 101 else { throw Malformed(reason: "the peer switches to another protocol") }
        // Whoever goes by the other length takes the rest of one body for another (RFC 9112 §6.3).
        guard Set(finished.fields.values(of: "Content-Length")).count <= 1 else {
            throw Malformed(reason: "the response has two lengths")
        }
        return finished.status >= 200 ? finished : nil
    }

    private static func statusLine(_ text: some BidirectionalCollection<UInt8>) throws(Malformed) -> Head {
        let words = text.split(separator: 0x20, maxSplits: 2).map { String(decoding: $0, as: UTF8.self) }
        guard words.count >= 2, let version = version(words[0]), let status = Int(words[1]), status >= 100 else {
            throw Malformed(reason: "the response has no status line")
        }
        return Head(status: status, version: version)
    }

    private static func version(_ word: String) -> HTTPClient.Version? {
        word == "HTTP/2.0" ? .http2 : HTTPClient.Version(rawValue: word)
    }

    private static func trimmed<Bytes: BidirectionalCollection<UInt8>>(_ bytes: Bytes) -> Bytes.SubSequence {
        let rest = bytes.drop(while: \.isSpace)
        let last = rest.lastIndex { !$0.isSpace }
        return last.map { rest[...$0] } ?? rest.prefix(0)
    }
}

extension UInt8 {
    fileprivate var isSpace: Bool { self == 0x20 || (0x09...0x0d).contains(self) }
}
