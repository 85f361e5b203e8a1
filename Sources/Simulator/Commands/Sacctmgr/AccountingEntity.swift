import SimulatedCluster

/// Something that sacctmgr lists: its records, the columns shown unasked, and what is known of each record by title.
struct AccountingEntity<Record> {
    typealias Write = TableField<Record>.Write

    let usual: Text
    let writers: [String: Write]

    /// A column for each item of a list; nothing and the first item that no column is called.
    func table(
        _ list: Text?, _ style: TableStyle, _ release: Release, unknown: inout Text
    ) -> Table<Record>? {
        var table = Table<Record>(style: style)
        for (word, width) in FieldNames.split(list ?? usual) {
            guard let name = AccountingName.find(word.repaired, release) else {
                unknown = word
                return nil
            }
            let write = writers[name.title] ?? { _, _, _ in }
            let isNumber = Self.numbers.contains(name.title)
            table.fields.append(
                (TableField(name.title, name.width, isCut: !isNumber, write: write), width ?? name.width))
        }
        return table
    }

    private static var numbers: Set<String> {
        [
            "ControlPort", "Count", "GraceTime", "GrpJobs", "GrpSubmit", "GrpWall", "ID", "LFT", "MaxJobs", "MaxJobsPA",
            "MaxJobsPU", "MaxSubmit", "MaxSubmitPA", "MaxSubmitPU", "MaxWall", "Priority", "RGT", "RPC", "Share",
            "UsageFactor", "UsageThres",
        ]
    }
}

extension [UInt8] {
    mutating func append(setLimit limit: Limit) {
        if let value = limit.value { append(decimal: value) }
    }

    /// Appends minutes as a length of time; nothing without a limit.
    mutating func append(minutes limit: Limit) {
        if let value = limit.value { append(duration: value * 60) }
    }

    mutating func append(setLimit limit: TimeLimit) {
        if let minutes = limit.minutes { append(duration: minutes * 60) }
    }
}
