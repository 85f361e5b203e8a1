extension RawSpan {
    /// Whether a command has nothing to say here.
    var isNull: Bool { byteCount == 0 || hasSameBytes(as: "(null)") || hasSameBytes(as: "N/A") }

    /// Whether a number or a time isn't set.
    var isUnset: Bool { isNull || Self.unset.contains { isWord($0) } }

    private static var unset: [StaticString] { ["none", "unknown", "n/a", "n/s", "not_set", "*", "invalid"] }

    /// What is between the blanks at both ends.
    var trimmed: Range<Int> {
        var (start, end) = (0, byteCount)
        while start < end, self[start] == UInt8(ascii: " ") { start += 1 }
        while end > start, self[end - 1] == UInt8(ascii: " ") { end -= 1 }
        return start..<end
    }

    /// The seconds of `1-02:03:04`, `2:03:04`, `3:04`, with a fraction or without: days, hours, minutes, seconds.
    var seconds: Double? {
        let end = firstIndex(of: .dot) ?? byteCount
        guard let whole = extracting(0..<end).wholeSeconds else { return nil }
        let digits = extracting(Swift.min(end + 1, byteCount)..<byteCount)
        guard digits.byteCount > 0 else { return Double(whole) }
        guard let fraction = digits.decimal, digits.byteCount <= 9 else { return nil }
        return Double(whole) + Double(fraction) / (0..<digits.byteCount).reduce(1.0) { scale, _ in scale * 10 }
    }

    private var wholeSeconds: Int? {
        let dash = firstIndex(of: .minus)
        let days = dash.flatMap { $0 <= 9 ? extracting(0..<$0).decimal : nil } ?? (dash == nil ? 0 : nil)
        let clock = extracting((dash.map { $0 + 1 } ?? 0)..<byteCount)
        guard let days, let parts = clock.clockParts, parts.count == 3 || dash == nil else { return nil }
        var total = parts.count == 3 ? days * 24 : 0
        for (index, part) in parts.enumerated() { total = total * (index == 0 ? 1 : 60) + part }
        return total
    }

    /// Two or three numbers between colons.
    private var clockParts: [Int]? {
        var parts: [Int] = []
        var isClock = true
        split(.colon) { part in
            guard part.byteCount <= 9, let value = part.decimal else { return isClock = false }
            parts.append(value)
        }
        return isClock && (2...3).contains(parts.count) ? parts : nil
    }
}

extension Reading {
    mutating func symbol(_ text: RawSpan) -> Symbol { text.isNull ? .empty : intern(text) }

    mutating func string(_ text: RawSpan) -> String {
        guard !text.isNull else { return "" }
        let (string, isRepaired) = text.repairedString
        if isRepaired { noteRepaired() }
        return string
    }

    mutating func names(_ text: RawSpan) -> [Symbol] {
        var names: [Symbol] = []
        if !text.isNull { text.splitNames { names.append(intern($0)) } }
        return names
    }

    mutating func number(_ text: RawSpan, _ width: NumberWidth = .bits32) -> SlurmNumber {
        if text.isUnset { return .unset }
        if text.isWord("unlimited") || text.isWord("infinite") || text.isWord("inf") { return .unlimited }
        if let integer = text.decimal { return SlurmNumber(integer, width: width) }
        guard text.byteCount <= 32, let value = Double(text.string(0..<text.byteCount)) else {
            noteWrongType()
            return .unset
        }
        return SlurmNumber(value, width: width)
    }

    mutating func count(_ text: RawSpan, _ width: NumberWidth = .bits32) -> Int? {
        guard let count = number(text, width).integer else { return nil }
        if count < 0 { noteWrongType() }
        return count < 0 ? nil : count
    }

    mutating func mebibytes(_ text: RawSpan) -> Int? { count(text).flatMap { $0.scaled(by: 1 << 20) } }

    /// Seconds since 1970, which SLURM_TIME_FORMAT asks for.
    mutating func time(_ text: RawSpan) -> Timestamp? {
        count(text, .bits64).flatMap { $0 == 0 ? nil : Timestamp(Int64($0)) }
    }

    mutating func duration(_ text: RawSpan) -> SlurmNumber {
        if text.isUnset || text.isWord("partition_limit") { return .unset }
        if text.isWord("unlimited") { return .unlimited }
        guard let seconds = text.seconds else {
            noteWrongType()
            return .unset
        }
        return SlurmNumber(seconds, width: .bits64)
    }

    mutating func flag(_ text: RawSpan) -> Bool? {
        if text.isWord("yes") { return true }
        if text.isWord("no") { return false }
        if !text.isUnset { noteWrongType() }
        return nil
    }

    mutating func id(_ text: RawSpan) -> UInt32? { count(text).flatMap { $0 == 0 ? nil : UInt32(exactly: $0) } }

    mutating func index(_ text: RawSpan) -> UInt32? { count(text).flatMap { UInt32(exactly: $0) } }

    /// `code:signal`; up to 22.05 squeue has what wait(2) gave.
    mutating func exitStatus(_ text: RawSpan) -> ExitStatus? {
        guard let colon = text.firstIndex(of: .colon) else { return count(text).flatMap { ExitStatus(waitStatus: $0) } }
        guard let code = text.extracting(0..<colon).decimal,
            let signal = text.extracting(colon + 1..<text.byteCount).decimal
        else {
            noteWrongType()
            return nil
        }
        return ExitStatus(code: code, signal: signal)
    }

    /// A user's name; of one whom the command's host doesn't know it says `nobody`.
    mutating func user(_ name: RawSpan, id: RawSpan) -> Symbol {
        let isStranger = name.hasSameBytes(as: "nobody") && id.decimal.map { $0 < 65_534 } ?? false
        return symbol(isStranger || name.isNull ? id : name)
    }
}
