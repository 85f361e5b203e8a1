import Foundation

/// Jobs in every state, with every kind of name, of several users; nodes in every state; reservations. Once it stands,
/// nothing moves any more: no job starts or ends by itself within the hour.
public struct Workload: Sendable {
    /// Job ids, by the workload's own names.
    public private(set) var identifiers: [String: Int] = [:]

    /// What squeue is to say of each.
    public private(set) var expectations: [String: Expectation] = [:]

    public struct Expectation: Sendable {
        public let state: String
        public let reason: String?
    }

    let slurm: RealSlurm

    /// Returns when it stands.
    public static func fill(_ slurm: RealSlurm) async throws -> Workload {
        var workload = Workload(slurm: slurm)
        try await workload.submitAll()
        try await workload.disturbNodes()
        try await workload.waitUntilItStands()
        return workload
    }

    /// - Parameter name: one of the workload's; there is no other.
    public subscript(name: String) -> Int { identifiers[name]! }

    private mutating func submitAll() async throws {
        try await submit(Submission.ended)
        try await submit(Submission.running)
        try await waitUntilRunning(Submission.running + Submission.ended.filter { $0.options.contains("-w c") })
        try await reserve()
        try await submit(Submission.waiting)
        try await waitUntilRunning(Submission.waiting.filter { $0.options.contains("-w c5") })
        try await handle()
        try await submit(Submission.dependent(on: identifiers))
    }

    private mutating func submit(_ submissions: [Submission]) async throws {
        for submission in submissions {
            identifiers[submission.name] = try await slurm.submit(submission)
            expectations[submission.name] = Expectation(state: submission.state, reason: submission.reason)
        }
    }

    /// On their nodes, before those nodes go.
    private func waitUntilRunning(_ submissions: [Submission]) async throws {
        let names = submissions.map(\.name).filter { $0 != "configuring" }
        try await slurm.waitUntil("running: \(names.joined(separator: ", "))") {
            let jobs = try await slurm.jobs()
            return names.allSatisfy { name in jobs.contains { $0.isOf(self[name]) && $0.state == "RUNNING" } }
        }
    }

    private func waitUntilItStands() async throws {
        do {
            try await slurm.waitUntil("the workload stands", within: .seconds(120)) {
                try await differences().isEmpty
            }
        } catch is RealSlurm.NeverTrue {
            throw RealSlurm.NeverTrue(description: "\(try await differences())")
        }
    }

    /// What isn't as it is to be.
    public func differences() async throws -> [String] {
        let jobs = try await slurm.jobs()
        let ofJobs = expectations.compactMap { name, expected -> String? in
            let records = jobs.filter { $0.isOf(self[name]) }
            let isMet = records.contains {
                $0.state == expected.state && (expected.reason == nil || $0.reason == expected.reason)
            }
            let found = records.prefix(3).map { "\($0.state) (\($0.reason))" }.joined(separator: ", ")
            return isMet ? nil : "\(name) is \(found), not \(expected.state) (\(expected.reason ?? "any"))"
        }
        return try await ofJobs + differencesOfNodes()
    }

    /// In sinfo's words, but for the minus of a node on which a job is planned, which comes and goes.
    static let nodeStates = [
        "c1": "allocated", "c2": "draining", "c3": "mixed@", "c4": "down", "c5": "completing", "c6": "reserved",
        "c7": "maint",
        "c8": "drained", "cloud1": "mixed#", "cloud2": "idle~", "g1": "mixed", "g2": "draining", "ghost1": "unknown*",
        "m1": "mixed", "off1": "down*",
    ]

    private func differencesOfNodes() async throws -> [String] {
        let nodes = try await slurm.nodes()
        return Self.nodeStates.compactMap { name, state in
            let found = nodes.first { $0.name == name }?.state.replacing("-", with: "") ?? "nowhere"
            return found == state ? nil : "\(name) is \(found), not \(state)"
        }
    }
}
