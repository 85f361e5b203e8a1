/// Undoes the chunked coding (RFC 9112 §7.1). Extensions and trailers are bounded and ignored.
struct ChunkedDecoder: Sendable {
    private enum State: Sendable {
        case size
        case data(left: Int)
        case dataEnd
        case trailers(bytes: Int)
        case complete
    }

    private var state = State.size
    private var line = LineBuffer()

    /// Appends what the input has of the body.
    ///
    /// - Returns: whether the body is complete; if not, the input is used up.
    mutating func next(
        in input: RawSpan, from offset: inout Int, into body: inout [UInt8], limits: RequestLimits
    ) throws(RequestError) -> Bool {
        while true {
            switch state {
            case .complete:
                return true
            case .data(let left):
                guard offset < input.byteCount else { return false }
                let taken = min(left, input.byteCount - offset)
                body.append(input.extracting(offset..<(offset + taken)))
                offset += taken
                state = taken == left ? .dataEnd : .data(left: left - taken)
            case .size, .dataEnd, .trailers:
                guard try nextLine(in: input, from: &offset, bodySize: body.count, limits: limits) else { return false }
            }
        }
    }

    private mutating func nextLine(
        in input: RawSpan, from offset: inout Int, bodySize: Int, limits: RequestLimits
    ) throws(RequestError) -> Bool {
        let (limit, tooLong) = lineLimit(limits)
        return try line.next(in: input, from: &offset, limit: limit, tooLong: tooLong, into: &state) {
            (line, state) throws(RequestError) in
            switch state {
            case .size: state = try Self.afterSize(line, left: limits.body - bodySize)
            case .dataEnd: state = try Self.afterData(line)
            case .trailers(let bytes): state = try Self.afterTrailer(line, bytes: bytes)
            case .data, .complete: preconditionFailure("there are no lines here")
            }
        }
    }

    private func lineLimit(_ limits: RequestLimits) -> (Int, RequestError) {
        switch state {
        case .dataEnd: (0, .malformedChunk)
        case .trailers(let bytes): (max(limits.trailerBytes - bytes - 2, 0), .trailersTooLarge)
        case .size, .data, .complete: (limits.chunkLine, .malformedChunk)
        }
    }

    private static func afterSize(_ line: RawSpan, left: Int) throws(RequestError) -> State {
        var size = 0
        var digits = 0
        while digits < line.byteCount, let digit = line[digits].hexadecimalValue {
            digits += 1
            guard digits <= 15 else { throw .malformedChunk }
            size = size << 4 | Int(digit)
        }
        guard digits > 0, isExtension(line.extracting(digits..<line.byteCount)) else { throw .malformedChunk }
        guard size <= left else { throw .bodyTooLarge }
        return size == 0 ? .trailers(bytes: 0) : .data(left: size)
    }

    private static func isExtension(_ text: RawSpan) -> Bool {
        text.withUnsafeBytes { bytes in
            let blanks = bytes.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
            return bytes.isEmpty
                || blanks < bytes.count && bytes[blanks] == UInt8(ascii: ";")
                    && bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == UInt8(ascii: "\t") }
        }
    }

    private static func afterData(_ line: RawSpan) throws(RequestError) -> State {
        guard line.isEmpty else { throw .malformedChunk }
        return .size
    }

    private static func afterTrailer(_ line: RawSpan, bytes: Int) throws(RequestError) -> State {
        guard !line.isEmpty else { return .complete }
        _ = try FieldLine(line)
        return .trailers(bytes: bytes + line.byteCount + 2)
    }
}
