/// Reads a document that arrives in chunks of any size, entry by entry.
///
///     var parser = ExpositionParser(format: .text)
///     for chunk in body {
///         parser.append(chunk)
///         while let entry = try parser.next() { … }
///     }
///     parser.finish()
///     while let entry = try parser.next() { … }
///
/// It is as strict as Prometheus 2.42 (stricter in a few places that would lose data silently), and like there an error
/// means that nothing of the document counts. Who reads decides what two samples of one series mean (to Prometheus the
/// first counts), and nothing is required of families: TYPE may come twice, late or not at all.
///
/// Time is linear in the size of the document, however it is cut; memory is bounded by the longest line and chunk.
public struct ExpositionParser: Sendable {
    let dialect: Dialect
    let reading: LabelReading
    var window = Window()
    var reader = LabelReader()
    private var received = 0
    private var isOverLimit = false
    private var hasEnded = false
    private var failure: ExpositionError?
    /// A line that was incomplete is not tried again before so much is there: time stays linear.
    private var wanted = 0

    public init(
        format: ExpositionFormat, names: NameRule = .legacy, labels: LabelReading = .always,
        limits: ExpositionLimits = ExpositionLimits()
    ) {
        dialect = Dialect(format: format, names: names, limits: limits)
        reading = labels
    }

    /// Slices given out before no longer hold.
    public mutating func append(_ chunk: RawSpan) {
        let room = dialect.limits.documentBytes.clamped(to: 0...Int(Int32.max)) - received
        isOverLimit = isOverLimit || chunk.byteCount > room
        received += min(chunk.byteCount, room)
        window.append(chunk.extracting(first: room))
    }

    public mutating func append(_ chunk: [UInt8]) {
        append(chunk.span.bytes)
    }

    /// Says that nothing more will be appended. Slices given out before no longer hold.
    public mutating func finish() {
        guard !window.isClosed, !isOverLimit else { return }
        if dialect.format == .text { window.append([UInt8.lineFeed].span.bytes) }
        window.close()
    }

    /// - Returns: nil if more has to be appended first, or after ``finish()`` if there is no more.
    /// - Throws: the same error from then on.
    public mutating func next() throws(ExpositionError) -> ExpositionEntry? {
        if let failure { throw failure }
        do throws(Fault) {
            while let step = try step() {
                window.position = step.next
                wanted = 0
                if let entry = step.entry { return entry }
            }
            try checkPause()
            return nil
        } catch {
            throw fail(error)
        }
    }

    mutating func fail(_ fault: Fault) -> ExpositionError {
        let place = window.lineAndColumn(of: fault.offset)
        let error = ExpositionError(reason: fault.reason, line: place.line, column: place.column)
        failure = error
        return error
    }
}

extension Int {
    fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}

extension ExpositionParser {
    /// - Returns: nil if there is no whole line to read.
    private mutating func step() throws(Fault) -> Step? {
        guard !hasEnded else {
            guard window.unread == 0 else { throw Fault(.dataAfterEOF, at: window.position) }
            return nil
        }
        guard window.hasLine, window.isClosed || window.unread >= wanted else { return nil }
        let storage = window.storage
        let bytes = storage.span.extracting(first: window.end + Window.padding)
        do throws(Fault) {
            let step = try read(bytes)
            try checkLine(endsAt: step.next - 1)
            return step
        } catch {
            return try judge(error, in: bytes)
        }
    }

    private mutating func read(_ bytes: Bytes) throws(Fault) -> Step {
        guard reading == .onDemand else { return try read(bytes, labels: .always) }
        do throws(Fault) {
            return try read(bytes, labels: .onDemand)
        } catch {
            // What is wrong with the labels comes before what is wrong behind them.
            return try read(bytes, labels: .always)
        }
    }

    private mutating func read(_ bytes: Bytes, labels reading: LabelReading) throws(Fault) -> Step {
        reader.removeAll()
        switch dialect.format {
        case .text:
            return try TextGrammar(dialect: dialect, reading: reading).step(bytes, at: window.position, labels: &reader)
        case .openMetrics:
            if let end = OpenMetricsGrammar.endOfEOF(bytes, at: window.position) {
                hasEnded = true
                return Step(next: end)
            }
            return try OpenMetricsGrammar(dialect: dialect, reading: reading)
                .step(bytes, at: window.position, labels: &reader)
        }
    }

    /// A fault in a line whose end has not arrived may be none; quoted text in the text format can go over lines.
    private mutating func judge(_ fault: Fault, in bytes: Bytes) throws(Fault) -> Step? {
        let lineEnd = bytes.first(.lineFeed, from: fault.offset)
        try checkLine(endsAt: lineEnd)
        if lineEnd == bytes.textEnd, !window.isClosed {
            let limit = dialect.limits.lineBytes
            wanted = 2 * window.unread > limit ? limit + 1 : 2 * window.unread
            return nil
        }
        throw lineEnd < bytes.textEnd ? fault : Fault(.truncated, at: lineEnd)
    }

    private func checkPause() throws(Fault) {
        try checkLine(endsAt: window.end)
        if isOverLimit { throw Fault(.documentBytes, at: window.end) }
        if window.isClosed, dialect.format == .openMetrics, !hasEnded { throw Fault(.missingEOF, at: window.end) }
    }

    private func checkLine(endsAt lineEnd: Int) throws(Fault) {
        guard lineEnd - window.position <= dialect.limits.lineBytes else {
            throw Fault(.lineBytes, at: window.position)
        }
    }
}
