import Foundation

/// All numbers that the simulator knows of its own cluster, by the keys that lead to them.
///
/// Members of a list go by their name: `partitions`, `batch`, `homeJobs`, `records`.
struct TruthFigures {
    private(set) var root: Figure
    let time: Int
    let events: Events
    let nodes: [Node]

    struct Node: Decodable {
        let name: String
        let state: String
        let home: String
        let gpus: Int
    }

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
        let time: Int
        let events: Events
        let nodeStates: [Node]
    }

    init(_ json: Data) throws {
        let document = try JSONDecoder().decode(Document.self, from: json)
        (time, events, nodes) = (document.time, document.events, document.nodeStates)
        root = Figure(try JSONSerialization.jsonObject(with: json))
    }

    /// Counts what is called by one name under another.
    mutating func rename(_ old: String, to new: String, in parents: String...) {
        for parent in parents { root.changeAll(parent) { $0.rename(old, to: new) } }
    }

    mutating func remove(_ names: String..., in parent: String) {
        root.changeAll(parent) { figure in
            for name in names { figure.members[name] = nil }
        }
    }
}

/// A number, or more figures by name.
struct Figure {
    var number: Double?
    var members: [String: Figure] = [:]

    /// - Parameter json: as JSONSerialization gives it.
    init(_ json: Any) {
        if let members = json as? [String: Any] {
            self.members = members.mapValues { Figure($0) }
        } else if let list = json as? [[String: Any]] {
            for member in list {
                if let name = member["name"] as? String { members[name] = Figure(member) }
            }
        } else {
            number = json as? Double
        }
    }

    fileprivate mutating func rename(_ old: String, to new: String) {
        guard let number = members.removeValue(forKey: old)?.number else { return }
        members[new] = Figure((members[new]?.number ?? 0) + number)
    }

    /// Changes what has that name, however deep.
    fileprivate mutating func changeAll(_ name: String, _ change: (inout Figure) -> Void) {
        for key in members.keys {
            if key == name { change(&members[key]!) } else { members[key]!.changeAll(name, change) }
        }
    }
}

extension RunningSimulator {
    func truth() async throws -> TruthFigures {
        try TruthFigures(try await get("/simulator/truth").body)
    }

    func step(_ count: Int = 1) async throws {
        try await send("POST", "/simulator/step?count=\(count)")
    }
}
