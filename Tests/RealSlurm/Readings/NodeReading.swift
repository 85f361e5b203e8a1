public import Foundation

/// A node as sinfo shows it.
public struct NodeReading: Sendable, Equatable {
    public let name: String
    public let partitions: Set<String>
    /// `%T`, with what it puts behind: `*` for no answer, `~` and `#` for power, `@` for a reboot, `-` for planned, `$` for
    /// maintenance.
    public let state: String
    public let processors: Processors
    /// In MiB, as all memory of sinfo.
    public let memory: Int
    public let allocatedMemory: Int
    /// Nil where the node has told nothing.
    public let freeMemory: Int?
    public let load: Double?
    public let features: Set<String>
    public let weight: Int
    public let reason: String?
    public let reasonUser: String?
    public let reasonSince: Date?
    /// By kind and type, as `gpu:a100`.
    public let gres: [String: Int]
    public let usedGres: [String: Int]

    public struct Processors: Sendable, Equatable {
        public let allocated: Int
        public let idle: Int
        public let other: Int
        public let total: Int

        init(_ text: String) {
            let counts = text.split(separator: "/").map { Int($0) ?? 0 } + [0, 0, 0, 0]
            (allocated, idle, other, total) = (counts[0], counts[1], counts[2], counts[3])
        }
    }

    /// Without the marks behind it.
    public var plainState: String { String(state.prefix { $0.isLetter || $0 == "_" }) }

    static let fields = [
        "NodeHost", "PartitionName", "StateLong", "CPUsState", "Memory", "AllocMem", "FreeMem", "CPUsLoad", "Features",
        "Weight", "Reason", "User", "Timestamp", "Gres", "GresUsed",
    ]

    fileprivate init(_ rows: [ColumnTable.Row]) {
        let row = rows[0]
        name = row["NodeHost"]
        partitions = Set(rows.compactMap { $0.optional("PartitionName") })
        state = row["StateLong"]
        processors = Processors(row["CPUsState"])
        memory = row.number("Memory")
        allocatedMemory = row.number("AllocMem")
        freeMemory = Int(row["FreeMem"])
        load = Double(row["CPUsLoad"])
        features = Set((row.optional("Features") ?? "").split(separator: ",").map(String.init))
        weight = row.number("Weight")
        reason = row.optional("Reason")
        reasonUser = row.optional("User")
        reasonSince = SlurmDate.parse(row["Timestamp"])
        gres = Gres.counts(row.optional("Gres") ?? "")
        usedGres = Gres.counts(row.optional("GresUsed") ?? "")
    }
}

extension RealSlurm {
    /// Every node once, also those of hidden partitions.
    public func nodes() async throws -> [NodeReading] {
        let output = try await run("sinfo", "-N", "-a", "-h", "-O", ColumnTable.format(NodeReading.fields))
        let rows = ColumnTable(output, fields: NodeReading.fields).rows
        return Dictionary(grouping: rows) { $0["NodeHost"] }.values.map(NodeReading.init).sorted { $0.name < $1.name }
    }
}
