import Slurm
import Testing

/// What is read from every version's answers adds up to what the simulator knows of its own cluster.
struct TruthTests {
    static let versions = (38...46).map { "v0.0.\($0)" }

    @Test(arguments: versions)
    func jobsAddUp(_ version: String) async throws {
        let simulator = try await Simulator(nodes: 40, jobs: 400, "--no-menagerie")
        try await checkJobs(of: simulator, version, JobFigures.all)
        try await simulator.step(20)
        try await checkJobs(of: simulator, version, JobFigures.all)
    }

    /// Where lists of tasks are cut, what pending jobs ask for isn't known.
    @Test(arguments: versions)
    func oddJobsAddUp(_ version: String) async throws {
        try await checkJobs(of: Simulator(), version, JobFigures.all.subtracting(JobFigures.ofPending))
    }

    @Test(arguments: versions)
    func jobsAddUpWhereGPUsAreNotTracked(_ version: String) async throws {
        let simulator = try await Simulator(jobs: 200, "--no-menagerie", "--no-tracks-gpus", "--gpus", "200")
        try await checkJobs(of: simulator, version, JobFigures.all)
    }

    @Test(arguments: versions)
    func nodesAddUp(_ version: String) async throws {
        let simulator = try await Simulator()
        try await checkNodes(of: simulator, version)
        try await simulator.step(20)
        try await checkNodes(of: simulator, version)
    }

    @Test(arguments: versions)
    func nodesAddUpWhereGPUsAreNotTracked(_ version: String) async throws {
        try await checkNodes(of: Simulator("--no-tracks-gpus"), version)
    }

    private func checkJobs(of simulator: Simulator, _ version: String, _ kinds: Set<String>) async throws {
        let truth = try await simulator.truth()
        let jobs = try Decoded(JobsReader.self, try await simulator.get("/slurm/\(version)/jobs"))
        var figures: [String: Int] = [:]
        for job in jobs.records { JobFigures.add(job, jobs.symbols, to: &figures) }
        let kinds = version < "v0.0.40" ? kinds.subtracting(JobFigures.ofBaseStates) : kinds
        expectSame(figures, truth.as(of: version), kinds)
        for kind in ["users", "accounts", "qos"] { expectSame(figures, truth, kind, "jobs/records") }
        expectSame(figures, truth, "partitions", "homeJobs/records")
        expectSame(figures, truth, "partitions", "naturalJobs/records")
    }

    private func checkNodes(of simulator: Simulator, _ version: String) async throws {
        let truth = try await simulator.truth()
        let nodes = try Decoded(NodesReader.self, try await simulator.get("/slurm/\(version)/nodes"))
        var figures: [String: Int] = [:]
        for node in nodes.records { NodeFigures.add(node, nodes.symbols, to: &figures) }
        let kinds = version < "v0.0.39" ? NodeFigures.all.subtracting(NodeFigures.since39) : NodeFigures.all
        expectSame(figures, truth.as(of: version), kinds)
        expectSame(figures, truth, "partitions", "homeNodes/nodes")
        expectSame(figures, truth, "partitions", "naturalNodes/nodes")
    }

    private func expectSame(_ figures: [String: Int], _ truth: [String: Int], _ first: String, _ last: String) {
        let same = figures.filter { $0.key.hasPrefix(first + "/") && $0.key.hasSuffix(last) }
        let wanted = truth.filter { $0.key.hasPrefix(first + "/") && $0.key.hasSuffix(last) && $0.value > 0 }
        #expect(same == wanted)
    }

    /// - Parameter kinds: what the figures' names start with.
    private func expectSame(_ figures: [String: Int], _ truth: [String: Int], _ kinds: Set<String>) {
        for name in Set(figures.keys).union(truth.keys).sorted() {
            guard kinds.contains(where: { name == $0 || name.hasPrefix($0 + "/") }) else { continue }
            #expect(figures[name, default: 0] == truth[name, default: 0], "\(name)")
        }
    }
}

extension [String: Int] {
    /// Without the words that a version doesn't have.
    fileprivate func `as`(of version: String) -> [String: Int] {
        var figures = self
        if version >= "v0.0.42" { figures["jobs/byFlag/UPDATE_DB"] = nil }
        guard version < "v0.0.44" else { return figures }
        figures["jobs/byFlag/EXPEDITING"] = nil
        figures["nodes/byFlag/EXTERNAL"] = nil
        figures["nodes/byFlag/BLOCKED"] = nil
        figures["nodes/byState/idle", default: 0] += figures.removeValue(forKey: "nodes/byState/blocked") ?? 0
        return figures
    }
}
