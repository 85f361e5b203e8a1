import SimulatedCluster

/// One record of `scontrol show`: words on lines, or all on one line with `-o`.
struct RecordText {
    private let separator: StaticString
    private let end: StaticString

    init(oneLine: Bool) {
        separator = oneLine ? " " : "\n   "
        end = oneLine ? "\n" : "\n\n"
    }

    /// Ends a line of a record.
    func breakLine(_ buffer: inout [UInt8]) { buffer.append(ascii: separator) }

    /// Ends a record.
    func endRecord(_ buffer: inout [UInt8]) { buffer.append(ascii: end) }

    /// Writes a line that is only there with a value.
    func line(_ key: StaticString, unlessEmpty text: Text, suffix: StaticString = "", to buffer: inout [UInt8]) {
        guard !text.isEmpty else { return }
        breakLine(&buffer)
        buffer.word(key, text)
        buffer.append(ascii: suffix)
    }
}

extension [UInt8] {
    mutating func word(_ key: StaticString, _ value: Text) {
        append(ascii: key)
        append(value)
    }

    mutating func word(_ key: StaticString, orNull value: Text) {
        append(ascii: key)
        append(orNull: value)
    }

    mutating func word(_ key: StaticString, _ value: some BinaryInteger) {
        append(ascii: key)
        append(decimal: value)
    }

    mutating func word(_ key: StaticString, fixed value: StaticString) {
        append(ascii: key)
        append(ascii: value)
    }

    mutating func word(_ key: StaticString, is isSo: Bool) {
        append(ascii: key)
        append(ascii: isSo ? "YES" : "NO")
    }

    mutating func word(_ key: StaticString, limit: Limit) {
        append(ascii: key)
        if let value = limit.value { append(decimal: value) } else { append(ascii: "UNLIMITED") }
    }

    mutating func word(_ key: StaticString, limit: TimeLimit) {
        append(ascii: key)
        append(limit)
    }

    mutating func word(_ key: StaticString, _ write: (inout [UInt8]) -> Void) {
        append(ascii: key)
        write(&self)
    }

    mutating func wordOrNull(_ key: StaticString, _ write: (inout [UInt8]) -> Void) {
        append(ascii: key)
        append(orNull: write)
    }

    mutating func word(_ key: StaticString, _ time: Timestamp, _ clock: Clock) {
        append(ascii: key)
        clock.append(time, to: &self)
    }

    mutating func word(_ key: StaticString, _ time: Timestamp, _ clock: Clock, orElse never: StaticString) {
        append(ascii: key)
        if time.isSet { clock.append(time, to: &self) } else { append(ascii: never) }
    }
}
