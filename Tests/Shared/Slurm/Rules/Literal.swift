import Slurm
import Testing

/// The one record of a small answer, and what came with it.
struct Literal<Record> {
    let record: Record
    let symbols: Symbols
    let oddities: Oddities

    subscript(symbol: Symbol) -> String { symbols[symbol] }

    func types(_ gpus: GPUs) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: gpus.groups.map { (symbols[$0.type], $0.count) })
    }
}

/// - Parameter members: of the one job, as JSON; it runs if they don't say otherwise.
func job(_ members: String) throws -> Literal<JobRecord> {
    try one(
        JobsReader.self, "jobs", members.contains("\"job_state\"") ? members : "\"job_state\":\"RUNNING\",\(members)")
}

/// - Parameter members: of the one node, as JSON; it is idle if they don't say otherwise.
func node(_ members: String) throws -> Literal<NodeRecord> {
    let hasState = members.contains("\"state\"")
    return try one(NodesReader.self, "nodes", hasState ? members : "\"state\":\"IDLE\",\(members)")
}

func partition(_ members: String) throws -> Literal<PartitionRecord> {
    try one(PartitionsReader.self, "partitions", members)
}

func association(_ members: String) throws -> Literal<AssociationRecord> {
    try one(AssociationsReader.self, "associations", members)
}

private func one<Reader: RecordReader>(
    _ type: Reader.Type, _ key: String, _ members: String
) throws -> Literal<Reader.Record> {
    let decoded = try Decoded(type, Array("{\"\(key)\":[{\(members)}]}".utf8))
    return Literal(
        record: try #require(decoded.records.first), symbols: decoded.symbols, oddities: decoded.answer.oddities)
}
