/// Reads `sshare --all --noheader --parsable2 --format=…`.
///
/// An account is shown as deep below the root as it has blanks before it, which tells whose parent is whose.
struct ShareColumns: RecordColumns {
    /// As sshare calls them.
    static let format =
        "Account,User,Partition,Cluster,RawShares,NormShares,RawUsage,NormUsage,EffectvUsage,FairShare,LevelFS,GrpTRESRaw,TRESRunMins,GrpTRESMins"

    enum Column: UInt8, CaseIterable {
        case account, user, partition, cluster, shares, normalizedShares, usage, normalizedUsage, effectiveUsage
        case factor, level, used, running, limit
    }

    /// The accounts above a line, from the root on.
    private var path: [Symbol] = []
    private var share = ShareRecord()
    private var depth = 0

    static func name(ofField field: Int) -> String { Column(rawValue: UInt8(field)).map { "\($0)" } ?? "record" }

    mutating func read(_ text: RawSpan, _ reading: inout Reading) -> ReadColumns<ShareRecord> {
        guard text.byteCount > 0 else { return .nothing }
        share = ShareRecord()
        let isWhole = TableLine(columns: Column.allCases.count).read(text) { index, value in
            guard let column = Column(rawValue: UInt8(index)) else { return }
            reading.begin(column.rawValue)
            take(column, value, &reading)
        }
        guard isWhole, !share.account.isEmpty else { return .malformed }
        if share.user.isEmpty {
            share.parent = depth > 0 ? path.prefix(depth).last ?? .empty : .empty
            path = path.prefix(depth) + [share.account]
        }
        return .record(share)
    }

    private mutating func take(_ column: Column, _ text: RawSpan, _ reading: inout Reading) {
        switch column {
        case .account:
            depth = text.byteOffsets.first { text[$0] != UInt8(ascii: " ") } ?? 0
            share.account = reading.symbol(text.extracting(text.trimmed))
        case .user: share.user = reading.symbol(text)
        case .partition: share.partition = reading.symbol(text)
        case .cluster: share.cluster = reading.symbol(text)
        case .shares: share.shares = text.hasSameBytes(as: "parent") ? nil : reading.count(text)
        case .normalizedShares: share.normalizedShares = reading.number(text, .bits64).double
        case .usage: share.usageSeconds = reading.number(text, .bits64).double
        case .normalizedUsage: share.normalizedUsage = reading.number(text, .bits64).double
        case .effectiveUsage: share.effectiveUsage = reading.number(text, .bits64).double
        case .factor: share.factor = share.user.isEmpty ? nil : reading.number(text, .bits64).double
        case .level:
            let level = reading.number(text, .bits64)
            share.level = level == .unlimited ? .unlimited : level.double.map { .value($0) }
        case .used: share.usedSeconds = reading.amounts(text, times: 60, memoryUnit: 1)
        case .running: share.runningSeconds = reading.amounts(text, times: 60, memoryUnit: 1)
        case .limit: share.limitMinutes = reading.amounts(text, memoryUnit: 1)
        }
    }
}
