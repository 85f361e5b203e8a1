import Glibc

/// Cuts a byte stream into lines that end in CR LF; keeps a copy only of a line that is still incomplete.
struct LineBuffer: Sendable {
    private var partial: [UInt8] = []

    var isEmpty: Bool { partial.isEmpty }

    /// Takes the rest of a line from the input, and has `read` put the line without its end into `result`.
    ///
    /// Whether a line is too long depends on its bytes alone, not on the pieces in which they come.
    /// - Returns: whether the line was complete; if not, the input is used up.
    mutating func next<Result>(
        in input: RawSpan, from offset: inout Int, limit: Int, tooLong: RequestError, into result: inout Result,
        _ read: (RawSpan, inout Result) throws(RequestError) -> Void
    ) throws(RequestError) -> Bool {
        let rest = input.extracting(offset..<input.byteCount)
        let found = rest.firstOffset(of: UInt8(ascii: "\n"))
        // The CR of a line's end is no part of the line, and may be all there is beyond the limit.
        guard partial.count + (found ?? rest.byteCount) <= limit + 1 else { throw tooLong }
        guard let found else {
            partial.append(rest)
            offset = input.byteCount
            return false
        }
        offset += found + 1
        let tail = rest.extracting(0..<found)
        guard !partial.isEmpty else {
            try read(tail.extracting(0..<Self.lengthWithoutEnd(tail)), &result)
            return true
        }
        partial.append(tail)
        let line = partial
        partial = []
        try read(line.span.bytes.extracting(0..<Self.lengthWithoutEnd(line.span.bytes)), &result)
        return true
    }

    private static func lengthWithoutEnd(_ line: RawSpan) throws(RequestError) -> Int {
        let last = line.byteCount - 1
        guard last >= 0, line[last] == UInt8(ascii: "\r") else { throw .malformedLineEnd }
        return last
    }
}

extension RawSpan {
    subscript(_ offset: Int) -> UInt8 {
        unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }

    func firstOffset(of byte: UInt8) -> Int? {
        withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, let found = memchr(base, Int32(byte), bytes.count) else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }
}

extension [UInt8] {
    mutating func append(_ span: RawSpan) {
        span.withUnsafeBytes { append(contentsOf: $0) }
    }
}
