import Testing

@testable import SimulatedCluster

struct MenagerieTests {
    static let cluster = Simulation().cluster

    @Test(arguments: NodeEffectiveState.allCases.filter { !neverShown.contains($0) })
    func hasANodeInEveryState(state: NodeEffectiveState) {
        #expect(Self.cluster.nodes.contains { $0.state.effective == state })
    }

    /// Base states that Slurm no longer uses, and words that need a base state of unknown and one flag alone.
    static let neverShown: [NodeEffectiveState] = [
        .error, .cloud, .external, .powerDown, .poweringDown, .powerUp, .poweringUp, .rebootIssued, .cancelReboot,
        .undrain, .dynamicFuture, .dynamicNorm,
    ]

    @Test(arguments: NodeState.Flags.names.map { "\($0.name)" })
    func hasANodeWithEveryFlag(name: String) {
        let flag = NodeState.Flags.names.first { "\($0.name)" == name }
        #expect(Self.cluster.nodes.contains { node in flag.map { node.state.flags.contains($0.flag) } ?? false })
    }

    @Test(arguments: JobEffectiveState.allCases)
    func hasAJobInEveryState(state: JobEffectiveState) {
        #expect(Self.cluster.jobs.contains { $0.state.effective == state })
    }

    @Test(arguments: JobState.Base.allCases)
    func hasAJobInEveryBaseState(base: JobState.Base) {
        #expect(Self.cluster.jobs.contains { $0.state.base == base })
    }

    @Test(arguments: JobState.Flags.names.map { "\($0.name)" })
    func hasAJobWithEveryFlag(name: String) {
        let flag = JobState.Flags.names.first { "\($0.name)" == name }
        #expect(Self.cluster.jobs.contains { job in flag.map { job.state.flags.contains($0.flag) } ?? false })
    }

    @Test(arguments: Reason.allCases)
    func hasAJobWithEveryReason(reason: Reason) {
        #expect(Self.cluster.jobs.contains { $0.reason == reason })
    }

    @Test func hasNodesInNoOneAndThreePartitions() {
        let counts = Set(Self.cluster.nodes.map { Self.cluster.partitions(of: $0).count })
        #expect(counts.isSuperset(of: [0, 1, 3]))
    }

    @Test func homeOfANodeIsTheFirstOfItsPartitionsByName() throws {
        let triple = try #require(Self.cluster.nodes.first { Self.cluster.texts[$0.name.prefix] == "odd-triple" })
        let names = Self.cluster.partitions(of: triple).map { Self.cluster.partitions[$0].name }
        #expect(names == ["zeta", "odd", "alpha-overlap"])
        #expect(Self.cluster.partitions[Self.cluster.home(of: triple)].name == "alpha-overlap")
    }

    @Test(arguments: [
        "gpu:h100:4(S:0-1)", "gpu:1g.10gb:7(S:0),gpu:3g.40gb:4", "gpu:8", "gpu:h100:2(S:0),gpu:l40s:4(S:1)",
        "gpu:mi300x:8(S:0-1),nvme:no_consume:1,shard:h100:32(S:0-1)",
    ])
    func hasEveryKindOfGres(text: String) {
        #expect(Self.texts { Self.cluster.append(configuredGres: $0, to: &$1) }.contains(text))
    }

    @Test(arguments: [
        "gpu:(null):8(IDX:0-7)", "gpu:1g.10gb:3(IDX:0-2),gpu:3g.40gb:0(IDX:N/A)",
        "gpu:h100:1(IDX:1),gpu:l40s:2(IDX:4-5)",
    ])
    func hasEveryKindOfUsedGres(text: String) {
        #expect(Self.texts { Self.cluster.append(usedGres: $0, to: &$1) }.contains(text))
    }

    static func texts(_ append: (Node, inout [UInt8]) -> Void) -> Set<String> {
        Set(
            cluster.nodes.map { node in
                var bytes: [UInt8] = []
                append(node, &bytes)
                return String(decoding: bytes, as: UTF8.self)
            })
    }

    @Test(arguments: ["0-99%5", "1,3,5,7,9", "1-19:2", "3,5,7-12", "0-1000", "4000000"])
    func hasEveryKindOfArray(text: String) {
        let texts = Self.cluster.jobs.map { job in
            var bytes: [UInt8] = []
            Self.cluster.append(tasksOf: job, to: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }
        #expect(texts.contains(text))
        #expect(texts.contains { $0.hasSuffix("...%7") })
    }

    @Test func hasNamesThatAreNoUTF8() {
        let names = Self.cluster.scripts.map(\.name)
        #expect(names.contains { String(validating: $0.bytes, as: UTF8.self) == nil })
        #expect(names.contains { $0.bytes.contains(0x1B) })
        #expect(names.contains { $0.bytes.contains(0x0A) })
        #expect(names.contains { $0.bytes.count == 1024 })
        #expect(names.contains { $0.isEmpty })
    }

    @Test func hasJobsWithoutWhatOthersHave() {
        let cluster = Self.cluster
        #expect(cluster.jobs.contains { !$0.account.exists && !$0.qos.exists })
        #expect(cluster.jobs.contains { cluster.users[$0.user].name.isEmpty })
        #expect(cluster.jobs.contains { $0.limit.minutes == nil && $0.state.base == .running })
        #expect(cluster.jobs.contains { $0.isHeld && $0.state.base == .pending })
        #expect(cluster.jobs.contains { cluster.partitions(of: $0).count == 3 && $0.state.base == .pending })
        #expect(cluster.jobs.contains { !cluster.partitions[cluster.home(of: $0)].exists })
        #expect(cluster.jobs.contains { cluster.listedNodes(of: $0).count < cluster.shares(of: $0).count })
        #expect(cluster.jobs.contains { $0.federation.origin == 2 && $0.state.flags.contains(.revoked) })
        #expect(cluster.jobs.contains { $0.hetJob != 0 && $0.hetOffset == 2 })
        #expect(cluster.jobs.contains { $0.state.base == .pending && $0.started > cluster.now })
    }

    @Test func oddBooksOnlyWithTheMenagerie() {
        var parameters = Parameters()
        parameters.hasMenagerie = false
        let plain = Simulation(parameters).cluster
        #expect(!plain.nodes.contains { $0.isPinned })
        #expect(!plain.jobs.contains { $0.traits.contains(.pinned) })
    }
}
