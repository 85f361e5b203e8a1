/// Durations as people write them: `30s`, `1h30m`, `2d`, `250ms`.
enum DurationText {
    /// The nanoseconds of each unit; `m` are minutes, and there are no months or years, whose lengths differ.
    private static let units: [(name: String, nanoseconds: Int)] = [
        ("w", 604_800_000_000_000), ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000),
        ("s", 1_000_000_000), ("ms", 1_000_000),
    ]

    static let pattern =
        "0|(?=.)([0-9]+(\\.[0-9]+)?w)?([0-9]+(\\.[0-9]+)?d)?([0-9]+(\\.[0-9]+)?h)?"
        + "([0-9]+(\\.[0-9]+)?m)?([0-9]+(\\.[0-9]+)?s)?([0-9]+(\\.[0-9]+)?ms)?"

    /// Each unit at most once, large ones first. Zero needs no unit.
    static func parse(_ text: String) throws(Rejection) -> Duration? {
        if text == "0" { return .zero }
        var rest = Substring(text)
        var allowed = units[...]
        var total = 0
        repeat {
            guard let number = try Quantity(at: rest) else { return nil }
            let name = number.rest.prefix { $0.isLetter }
            guard let index = allowed.firstIndex(where: { $0.name == name }) else {
                if name.isEmpty { return nil }
                let isKnown = units.contains { $0.name == name }
                throw Rejection(isKnown ? "has its units in the wrong order" : "has no unit that is known")
            }
            total = try sum(total, try number.times(allowed[index].nanoseconds))
            allowed = allowed[(index + 1)...]
            rest = number.rest.dropFirst(name.count)
        } while !rest.isEmpty
        return .nanoseconds(total)
    }

    /// In the largest units that give whole numbers: `1h30m`. What is finer than a nanosecond is lost.
    static func write(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        guard seconds >= 0, attoseconds >= 0, seconds < 9_000_000_000 else { return "\(seconds)s" }
        var rest = Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
        var text = ""
        for unit in units where rest >= unit.nanoseconds {
            text += "\(rest / unit.nanoseconds)\(unit.name)"
            rest %= unit.nanoseconds
        }
        guard rest > 0 else { return text.isEmpty ? "0" : text }
        return "\(Number.text(Double(seconds) + Double(attoseconds) / 1e18))s"
    }

    private static func sum(_ total: Int, _ more: Int) throws(Rejection) -> Int {
        let (sum, overflow) = total.addingReportingOverflow(more)
        guard !overflow else { throw Rejection("is too large") }
        return sum
    }
}

extension Duration {
    /// As a configuration says it: `1h30m`.
    public var asWritten: String { DurationText.write(self) }
}

extension ValueType where Value == Duration {
    public static var duration: ValueType<Duration> { duration() }

    /// - Parameter bareSeconds: whether a number without a unit means seconds; otherwise it is an error that asks for one.
    public static func duration(
        in range: some SettingRange<Duration> = Duration.zero..., bareSeconds: Bool = false
    ) -> ValueType<Duration> {
        let bounds = Bounds(range)
        let limits = bounds.lowest == .zero && bounds.highest == nil ? "" : "," + bounds.text(DurationText.write)
        let form = bareSeconds ? "seconds, or a number with a unit" : "a number with a unit"
        let description = TypeDescription("duration", allowed: "\(form), such as 10s, 5m or 1h30m\(limits)") {
            bareSeconds
                ? .text(pattern: DurationText.pattern + "|[0-9.]+")
                : .object(
                    [
                        ("type", .strings(["string", "integer"])), ("minimum", .literal("0")),
                        ("maximum", .literal("0")),
                    ]
                        + JSON.pattern(DurationText.pattern))
        }
        return .scalar(description) { text throws(Rejection) in
            let isBare = bareSeconds && text.utf8.allSatisfy { Number.isDigit($0) || $0 == UInt8(ascii: ".") }
            guard let value = try DurationText.parse(isBare ? text + "s" : text) else { return nil }
            return try bounds.check(value)
        } write: {
            .text(DurationText.write($0))
        }
    }
}
