import TestSupport

/// The nodes and partitions, as lines of slurm.conf.
struct Hardware: Sendable {
    /// Nodes with a daemon of their own, and so with jobs that really run.
    static let nodes = ["c1", "c2", "c3", "c4", "c5", "g1", "g2", "m1"]

    let ports: [String: UInt16]
    let paperNodes: Int

    init(paperNodes: Int) throws {
        var ports: [String: UInt16] = [:]
        for node in Self.nodes { ports[node] = try freePort() }
        self.ports = ports
        self.paperNodes = paperNodes
    }

    private static let compute = "CPUs=16 Sockets=2 CoresPerSocket=8 ThreadsPerCore=1 RealMemory=64000"
    private static let gpu = "CPUs=32 Sockets=2 CoresPerSocket=16 ThreadsPerCore=1 RealMemory=256000"

    /// c6 to c8 and the paper nodes run nothing, and c1's daemon answers for them; off1's and ghost1's doesn't run.
    var lines: [String] {
        let absent: UInt16 = 1
        let nodes =
            (1...5).map { node("c\($0)", "\(Self.compute) Feature=epyc,ib Weight=10") }
            + [
                node("c[6-8]", "\(Self.compute) Feature=epyc Weight=20", port: ports["c1"]),
                node("g1", "\(Self.gpu) Gres=gpu:a100:4 Feature=epyc,a100,ib Weight=50"),
                node("g2", "\(Self.gpu) Gres=gpu:a100:2,gpu:t4:2 Feature=epyc,a100,t4 Weight=40"),
                node(
                    "m1",
                    "CPUs=48 Sockets=4 CoresPerSocket=12 ThreadsPerCore=1 RealMemory=3000000 TmpDisk=1000000"
                        + " Feature=bigmem Weight=100"),
                node("off1", "\(Self.compute) State=DOWN Reason=\"'PSU' broken, ticket 7\"", port: absent),
                node("ghost1", Self.compute, port: absent),
                "NodeName=cloud[1-3] CPUs=16 RealMemory=64000 Feature=cloud State=CLOUD",
                "NodeName=later[1-2] CPUs=16 RealMemory=64000 State=FUTURE",
            ]
        return nodes + Self.partitions + paper
    }

    private static let partitions = [
        "PartitionName=batch Nodes=c[1-8],m1,off1,ghost1 Default=YES DefaultTime=01:00:00 MaxTime=2-00:00:00"
            + " DefMemPerCPU=1000 PriorityJobFactor=10",
        "PartitionName=gpu Nodes=g[1-2] MaxTime=1-00:00:00 DefMemPerCPU=2000 QOS=gpu PriorityJobFactor=20"
            + " TRESBillingWeights=\"CPU=1.0,Mem=0.25G,GRES/gpu=16.0\"",
        "PartitionName=bigmem Nodes=m1 MaxTime=7-00:00:00 DefMemPerCPU=8000 AllowAccounts=physics,bio PriorityTier=5",
        "PartitionName=cloud Nodes=cloud[1-3] MaxTime=12:00:00",
        "PartitionName=secret Nodes=c[3-4] Hidden=YES DefMemPerCPU=1000",
        "PartitionName=closed Nodes=c4 State=DOWN",
        "PartitionName=emptying Nodes=c[1-2] State=DRAIN",
        "PartitionName=asleep Nodes=c2 State=INACTIVE",
        "PartitionName=bare",
    ]

    private var paper: [String] {
        guard paperNodes > 0 else { return [] }
        let range = "p[1-\(paperNodes)]"
        return [
            node(range, "\(Self.gpu) Gres=gpu:a100:4 Feature=paper Weight=500", port: ports["c1"]),
            "PartitionName=paper Nodes=\(range) MaxTime=7-00:00:00",
        ]
    }

    private func node(_ name: String, _ rest: String, port: UInt16? = nil) -> String {
        "NodeName=\(name) NodeAddr=127.0.0.1 Port=\(port ?? ports[name]!) \(rest)"
    }

    /// Slurm counts a GPU only with a device file, and any character device does; these are on every machine.
    static let gres = """
        NodeName=g1 Name=gpu Type=a100 File=/dev/null,/dev/zero,/dev/full,/dev/random
        NodeName=g2 Name=gpu Type=a100 File=/dev/null,/dev/zero
        NodeName=g2 Name=gpu Type=t4 File=/dev/full,/dev/random

        """
}
