import Foundation

/// All numbers that the simulator knows of its own cluster, by the keys that lead to them.
///
/// Members of a list go by their name: `partitions`, `batch`, `homeJobs`, `records`.
struct TruthFigures {
    private(set) var numbers: [[String]: Double] = [:]
    let events: Events

    /// What happened in the last step.
    struct Events: Decodable {
        let requeued: Int
        let ended: [String: Int]
        let lastStarts: [Start]
        let lastEnds: [End]

        struct Start: Decodable {
            let job: Int
            let waitSeconds: Int
            let partition: String
            let qos: String
        }

        struct End: Decodable {
            let job: Int
            let runSeconds: Int
            let partition: String
            let qos: String
            let state: String
        }
    }

    private struct Document: Decodable {
        let events: Events
    }

    init(_ json: Data) throws {
        events = try JSONDecoder().decode(Document.self, from: json).events
        add(try JSONSerialization.jsonObject(with: json), at: [])
    }

    private mutating func add(_ value: Any, at path: [String]) {
        if let members = value as? [String: Any] {
            for (key, member) in members { add(member, at: path + [key]) }
        } else if let list = value as? [[String: Any]] {
            for member in list {
                if let name = member["name"] as? String { add(member, at: path + [name]) }
            }
        } else if let number = value as? Double {
            numbers[path] = number
        }
    }

    subscript(_ path: String) -> Double? { numbers[path.split(separator: "/").map { String($0) }] }

    /// Counts what is called by one name under another.
    mutating func rename(_ old: String, to new: String, after parent: String) {
        for (path, number) in numbers where path.last == old && path.dropLast().last == parent {
            numbers[path] = nil
            numbers[path.dropLast() + [new], default: 0] += number
        }
    }

    mutating func remove(_ name: String, after parent: String) {
        for path in numbers.keys where path.last == name && path.dropLast().last == parent { numbers[path] = nil }
    }
}

extension RunningSimulator {
    func truth() async throws -> TruthFigures {
        try TruthFigures(try await get("/simulator/truth").body)
    }

    func step() async throws {
        try await send("POST", "/simulator/step")
    }
}
