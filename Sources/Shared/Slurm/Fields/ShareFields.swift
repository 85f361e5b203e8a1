/// Reads shares of `/slurm/…/shares`, v0.0.40 to v0.0.46.
struct ShareFields: RecordFields {
    static let place = RecordPlace(path: ["shares", "shares"])

    private(set) var record = ShareRecord()
    private var name = Symbol.empty
    private var parent = Symbol.empty
    private var isUser = false
    private var shares = SlurmNumber.unset
    private var normalizedShares = SlurmNumber.unset
    private var usage = SlurmNumber.unset
    private var normalizedUsage = SlurmNumber.unset
    private var effectiveUsage = SlurmNumber.unset
    private var factor = SlurmNumber.unset
    private var level = SlurmNumber.unset

    enum Field: UInt8 {
        case cluster, name, parent, partition, type, shares, normalizedShares, usage, normalizedUsage, effectiveUsage
        case factor, level, usedSeconds, runningSeconds, limitMinutes
    }

    static let keys: [(key: StaticString, field: Field)] = [
        ("cluster", .cluster), ("name", .name), ("parent", .parent), ("partition", .partition), ("type", .type),
        ("shares", .shares), ("shares_normalized", .normalizedShares), ("usage", .usage),
        ("usage_normalized", .normalizedUsage), ("effective_usage", .effectiveUsage), ("fairshare.factor", .factor),
        ("fairshare.level", .level), ("tres.usage", .usedSeconds), ("tres.run_seconds", .runningSeconds),
        ("tres.group_minutes", .limitMinutes),
    ]

    mutating func read(
        _ field: Field, from text: JSONText, at start: Int, _ reading: inout Reading
    ) throws(JSONStop) -> Int {
        switch field {
        case .cluster: try reading.symbol(&record.cluster, text, start)
        case .name: try reading.symbol(&name, text, start)
        case .parent: try reading.symbol(&parent, text, start)
        case .partition: try reading.symbol(&record.partition, text, start)
        case .type: try readType(text, start, &reading)
        case .shares: try reading.number(&shares, text, start)
        case .normalizedShares: try reading.number(&normalizedShares, text, start, .bits64)
        case .usage: try reading.number(&usage, text, start, .bits64)
        case .normalizedUsage: try reading.number(&normalizedUsage, text, start, .bits64)
        case .effectiveUsage: try reading.number(&effectiveUsage, text, start, .bits64)
        case .factor: try reading.number(&factor, text, start, .bits64)
        case .level: try reading.number(&level, text, start, .bits64)
        case .usedSeconds: try reading.amounts(&record.usedSeconds, text, start, memoryUnit: 1)
        case .runningSeconds: try reading.amounts(&record.runningSeconds, text, start, memoryUnit: 1)
        case .limitMinutes: try reading.amounts(&record.limitMinutes, text, start, memoryUnit: 1)
        }
    }

    private mutating func readType(_ text: JSONText, _ start: Int, _ reading: inout Reading) throws(JSONStop) -> Int {
        isUser = false
        return try reading.words(text, start) { _, word in
            if word.isWord("user") { isUser = true }
        }
    }

    mutating func complete(_ reading: inout Reading) {
        record.user = isUser ? name : .empty
        record.account = isUser ? parent : name
        record.parent = isUser ? .empty : parent
        record.shares = shares.integer
        record.normalizedShares = normalizedShares.double
        record.usageSeconds = usage.double
        record.normalizedUsage = normalizedUsage.double
        record.effectiveUsage = effectiveUsage.double
        record.factor = isUser ? factor.double : nil
        record.level = level == .unlimited ? .unlimited : level.double.map { .value($0) }
    }
}
