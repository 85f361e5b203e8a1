extension ExpositionParser {
    /// Of the sample that was read last, in the order of the document, those with an empty value left out.
    public var labels: [Label] { reader.labels }

    /// Names of the labels that the sample has without a value: who adds labels of his own leaves those alone.
    public var emptyLabelNames: [ByteSlice] { reader.emptyNames }

    /// Fills ``labels`` where they are read on demand.
    ///
    /// - Parameter sample: the one that ``next()`` returned last.
    public mutating func readLabels(of sample: Sample) throws(ExpositionError) {
        reader.removeAll()
        guard let start = sample.labels else { return }
        let storage = window.storage
        let bytes = storage.span.extracting(first: window.end + Window.padding)
        do throws(Fault) {
            _ = try reader.read(
                bytes, from: start, in: dialect, withName: bytes[sample.series.offset] == .openBrace)
            try reader.settle(bytes, at: start)
        } catch {
            throw fail(error)
        }
    }

    public func withBytes<Result: ~Copyable, Failure>(
        of slice: ByteSlice, _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        switch slice.place {
        case .window: try body(window.storage.span.extracting(slice.range))
        case .scratch: try body(reader.scratch.span.extracting(slice.range))
        }
    }

    /// - Note: names and texts are valid UTF-8; the bytes of a series with unread labels need not be.
    public func string(_ slice: ByteSlice) -> String {
        withBytes(of: slice) { String(decoding: 0..<$0.count, of: $0) }
    }
}
