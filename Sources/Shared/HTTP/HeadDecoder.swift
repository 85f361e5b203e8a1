/// Reads a request's head line by line, and checks each as it comes: nothing is kept but an incomplete line and the
/// result so far.
struct HeadDecoder: Sendable {
    private var line = LineBuffer()
    private var draft = HeadDraft()

    /// Whether nothing of a head has come yet.
    var isEmpty: Bool { !draft.isBegun && line.isEmpty }

    /// - Returns: nil if the head is not complete yet; then the input is used up.
    mutating func next(
        in input: RawSpan, from offset: inout Int, limits: RequestLimits
    ) throws(RequestError) -> RequestHead? {
        while true {
            try checkBeginning(of: input, at: offset)
            let isLine = try line.next(
                in: input, from: &offset, limit: draft.lineLimit(limits), tooLong: draft.tooLong, into: &draft
            ) { (line, draft) throws(RequestError) in try draft.take(line, limits: limits) }
            guard isLine else { return nil }
            if let head = draft.takeComplete() { return head }
        }
    }

    /// Garbage, such as a TLS handshake, is known by its first byte; its first line may never end.
    private func checkBeginning(of input: RawSpan, at offset: Int) throws(RequestError) {
        guard isEmpty, offset < input.byteCount else { return }
        let first = input[offset]
        guard HTTPToken.contains(first) || first == UInt8(ascii: "\r") else { throw .malformedRequestLine }
    }
}

/// The lines of a head that were read so far.
private struct HeadDraft: Sendable {
    private var head: RequestHead?
    private var fieldBytes = 0
    private var skippedEmptyLine = false
    private var isComplete = false

    var isBegun: Bool { head != nil }

    func lineLimit(_ limits: RequestLimits) -> Int {
        isBegun ? max(limits.fieldBytes - fieldBytes - 2, 0) : limits.requestLine
    }

    var tooLong: RequestError { isBegun ? .fieldsTooLarge : .requestLineTooLong }

    mutating func take(_ line: RawSpan, limits: RequestLimits) throws(RequestError) {
        if !isBegun {
            try takeFirst(line)
        } else if line.isEmpty {
            isComplete = true
        } else {
            guard head!.fields.count < limits.fieldCount else { throw .tooManyFields }
            try head!.fields.append(line: line)
            fieldBytes += line.byteCount + 2
        }
    }

    /// Some clients send a line end too many after a body: one is skipped (RFC 9112 §2.2).
    private mutating func takeFirst(_ line: RawSpan) throws(RequestError) {
        guard line.isEmpty, !skippedEmptyLine else {
            head = try RequestHead(requestLine: line)
            return
        }
        skippedEmptyLine = true
    }

    mutating func takeComplete() -> RequestHead? {
        guard isComplete else { return nil }
        defer { self = HeadDraft() }
        return head
    }
}
