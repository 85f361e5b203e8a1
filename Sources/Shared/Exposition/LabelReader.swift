/// Reads what stands in braces.
struct LabelReader {
    private(set) var labels: [Label] = []
    /// Names of those that have no value, once they are settled.
    private(set) var emptyNames: [ByteSlice] = []
    /// A metric name found among the labels, in quotes.
    private(set) var quotedName: ByteSlice?
    /// Where text goes that had escapes.
    var scratch: [UInt8] = []
    private var hasEmptyValues = false

    mutating func removeAll() {
        labels.removeAll(keepingCapacity: true)
        emptyNames.removeAll(keepingCapacity: true)
        scratch.removeAll(keepingCapacity: true)
        quotedName = nil
        hasEmptyValues = false
    }

    /// Reads labels as they are; those of a series have to be settled then.
    ///
    /// - Parameters:
    ///   - start: behind the opening brace.
    ///   - withName: whether the metric name may be among the labels.
    /// - Returns: just behind the closing brace.
    mutating func read(
        _ bytes: Bytes, from start: Int, in dialect: Dialect, withName: Bool = false
    ) throws(Fault) -> Int {
        var index = dialect.isLoose ? bytes.skippingBlanks(from: start) : start
        while bytes[index] != .closeBrace {
            index = try readOne(bytes, at: index, in: dialect, withName: withName)
        }
        return index + 1
    }

    /// No name may occur twice, and none may be that of the metric name itself.
    ///
    /// Labels without a value are left out: to Prometheus there is no such label.
    mutating func settle(_ bytes: Bytes, at start: Int) throws(Fault) {
        guard !hasTwins(bytes) else { throw Fault(.duplicateLabel, at: start) }
        guard hasEmptyValues else { return }
        emptyNames = labels.filter(\.value.isEmpty).map(\.name)
        labels.removeAll(where: \.value.isEmpty)
    }

    /// - Returns: where the next label or the closing brace is.
    @inline(__always)
    private mutating func readOne(
        _ bytes: Bytes, at start: Int, in dialect: Dialect, withName: Bool
    ) throws(Fault) -> Int {
        let (name, nameEnd) = try readName(bytes, at: start, in: dialect)
        if bytes[nameEnd] != .equals, bytes[start] == .quote {
            // Decided by what follows the name: that may not have arrived.
            guard withName, quotedName == nil else { throw Fault(.metricName, at: nameEnd) }
            quotedName = name
            return try readSeparator(bytes, at: nameEnd, in: dialect)
        }
        let quote = try expectValue(bytes, at: nameEnd, in: dialect)
        let value = try Quoted(bytes, from: quote + 1, in: dialect)
        append(name: name, value: slice(value, of: bytes), in: bytes)
        try check(labels[labels.count - 1], at: start, against: dialect.limits)
        return try readSeparator(
            bytes, at: dialect.isLoose ? bytes.skippingBlanks(from: value.end) : value.end, in: dialect)
    }

    @inline(__always)
    private mutating func readName(
        _ bytes: Bytes, at start: Int, in dialect: Dialect
    ) throws(Fault) -> (name: ByteSlice, end: Int) {
        let name: ByteSlice
        var end = bytes.endOfName(from: start, colons: false)
        if end > start {
            name = ByteSlice(start..<end)
        } else if bytes[start] == .quote, dialect.names == .utf8 {
            let quoted = try Quoted(bytes, from: start + 1, in: dialect)
            guard !quoted.content.isEmpty else { throw Fault(.labelName, at: start) }
            (name, end) = (slice(quoted, of: bytes), quoted.end)
        } else {
            throw Fault(.labelName, at: start)
        }
        return (name, dialect.isLoose ? bytes.skippingBlanks(from: end) : end)
    }

    @inline(__always)
    private func expectValue(_ bytes: Bytes, at start: Int, in dialect: Dialect) throws(Fault) -> Int {
        guard bytes[start] == .equals else { throw Fault(.labelValue, at: start) }
        let quote = dialect.isLoose ? bytes.skippingBlanks(from: start + 1) : start + 1
        guard bytes[quote] == .quote else { throw Fault(.labelValue, at: quote) }
        return quote
    }

    @inline(__always)
    private func readSeparator(_ bytes: Bytes, at start: Int, in dialect: Dialect) throws(Fault) -> Int {
        switch (bytes[start], dialect.format) {
        case (.comma, .text): return bytes.skippingBlanks(from: start + 1)
        case (_, .text): return start
        case (.comma, .openMetrics):
            guard bytes[start + 1] != .closeBrace else { throw Fault(.labelName, at: start + 1) }
            return start + 1
        case (.closeBrace, .openMetrics): return start
        case (_, .openMetrics): throw Fault(.labelSeparator, at: start)
        }
    }

    private mutating func slice(_ quoted: Quoted, of bytes: Bytes) -> ByteSlice {
        ByteSlice(quoted.content, of: bytes, resolving: quoted.hasEscapes ? .labelValue : nil, scratch: &scratch)
    }

    @inline(__always)
    private mutating func append(name: ByteSlice, value: ByteSlice, in bytes: Bytes) {
        hasEmptyValues = hasEmptyValues || value.isEmpty
        labels.append(Label(name: name, value: value, fingerprint: fingerprint(of: name, in: bytes)))
    }

    private func check(_ label: Label, at start: Int, against limits: ExpositionLimits) throws(Fault) {
        guard labels.count <= limits.labels else { throw Fault(.labels, at: start) }
        guard label.name.count <= limits.labelNameBytes else { throw Fault(.labelNameBytes, at: start) }
        guard label.value.count <= limits.labelValueBytes else { throw Fault(.labelValueBytes, at: start) }
    }
}
