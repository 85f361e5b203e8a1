import Slurm

/// What stands around the records of an answer.
struct Envelope: Equatable, Sendable {
    var errors: [SlurmError] = []
    var warnings: [String] = []
    /// By Slurm's clock; nil where the version doesn't say, 0 where there is nothing behind the answer.
    var lastUpdate: Timestamp?
    var release: String?
    var cluster: String?

    init() {}

    init(_ members: [String: JSONValue]) {
        errors = members["errors"]?.elements.map { SlurmError($0) } ?? []
        warnings = members["warnings"]?.elements.compactMap(Self.warning) ?? []
        lastUpdate = members["last_update"]?.integer.map { Timestamp(Int64($0)) }
        let slurm = members["meta"]?["slurm"] ?? members["meta"]?["Slurm"]
        release = slurm?["release"]?.string
        cluster = slurm?["cluster"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func warning(_ value: JSONValue) -> String? {
        value.string ?? value["description"]?.string ?? value["warning"]?.string
    }
}
