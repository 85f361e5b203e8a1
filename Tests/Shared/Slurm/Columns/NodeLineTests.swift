import Testing

@testable import Slurm

struct NodeLineTests {
    /// Of Slurm 22.05.
    private static let line = """
        NodeName=g2 Arch=x86_64 CoresPerSocket=16  CPUAlloc=12 CPUEfctv=30 CPUTot=32 CPULoad=1.69 \
        AvailableFeatures=epyc,a100,t4 ActiveFeatures=epyc,a100 Gres=gpu:a100:2,gpu:t4:2 GresDrain=N/A \
        GresUsed=gpu:a100:1(IDX:0),gpu:t4:1(IDX:2) NodeAddr=127.0.0.1 NodeHostName=g2 Port=24204 Version=22.05.8 \
        OS=Linux 6.18.44 #1 SMP PREEMPT_DYNAMIC @0  RealMemory=256000 AllocMem=24000 FreeMem=20976 Sockets=2 Boards=1 \
        MemSpecLimit=1000 State=MIXED+DRAIN+NOT_RESPONDING ThreadsPerCore=1 TmpDisk=0 Weight=40 Owner=N/A \
        MCS_label=N/A Partitions=gpu,long  BootTime=1795228571 SlurmdStartTime=1795251916 LastBusyTime=Unknown \
        CfgTRES=cpu=32,mem=250G,billing=158,gres/gpu=4 AllocTRES=cpu=12,mem=24000M,gres/gpu=2 CapWatts=n/a \
        CurrentWatts=0 AveWatts=0 ExtSensorsJoules=n/s ExtSensorsWatts=0 ExtSensorsTemp=n/s
        """

    private func read(_ line: String) throws -> (node: NodeRecord, symbols: Symbols) {
        let text = try CommandText(line + "\n", .nodes)
        #expect(text.answer.oddities.isEmpty)
        return (try #require(text.sink.nodes.first), text.symbols)
    }

    @Test func aNodeHasWhatItSays() throws {
        let (node, symbols) = try read(Self.line)
        #expect(node.name == "g2")
        #expect(node.state == NodeState(.mixed, [.drain, .notResponding]))
        #expect(node.partitions.map { symbols[$0] } == ["gpu", "long"])
        #expect((node.cpus, node.effectiveCPUs, node.allocatedCPUs) == (32, 30, 12))
        #expect(node.memoryBytes == 256_000 << 20)
        #expect(node.effectiveMemoryBytes == 255_000 << 20)
        #expect(node.freeMemoryBytes == 20_976 << 20)
        #expect(node.load == 1.69)
        #expect(node.operatingSystem == "Linux 6.18.44 #1 SMP PREEMPT_DYNAMIC @0")
        #expect(node.gpus.groups.map { "\(symbols[$0.type]) \($0.count)" } == ["a100 2", "t4 2"])
        #expect(node.allocatedGPUs?.groups.map { "\(symbols[$0.type]) \($0.count)" } == ["a100 1", "t4 1"])
        #expect(node.genericResources.map(\.used) == [1, 1])
        #expect(node.booted == Timestamp(1_795_228_571))
        #expect(node.lastBusy == nil && node.watts == nil && node.reason == "")
    }

    static let reasons: [(text: String, reason: String, user: String, time: Int64?)] = [
        ("kernel update, CHG-1 [root@12]", "kernel update, CHG-1", "root", 12),
        ("'PSU' broken, ticket 7", "'PSU' broken, ticket 7", "", nil), ("a [b] c [ada@7]", "a [b] c", "ada", 7),
        ("first [ada@7]         second", "first\nsecond", "ada", 7),
        ("x State=IDLE CPUTot=9 [ada@7]", "x State=IDLE CPUTot=9", "ada", 7),
        ("gone [ada@7] Comment=State=DOWN Extra=e ReservationName=maint", "gone", "ada", 7),
    ]

    @Test(arguments: reasons)
    func aReasonMayHoldAnything(text: String, reason: String, user: String, time: Int64?) throws {
        let (node, symbols) = try read(Self.line + " Reason=" + text)
        #expect((node.reason, node.reasonUser, node.reasonSince?.seconds) == (reason, user, time))
        #expect(node.cpus == 32 && node.state.base == .mixed)
        #expect(symbols[node.reservation] == (text.hasSuffix("maint") ? "maint" : ""))
    }

    @Test(arguments: ["N/A", "42949672.94"]) func aNodeThatNeverReportedHasNoLoad(load: String) throws {
        let (node, _) = try read(
            "NodeName=ghost CPULoad=\(load) FreeMem=N/A State=UNKNOWN+NOT_RESPONDING BootTime=None")
        #expect(node.load == nil && node.freeMemoryBytes == nil && node.booted == nil)
    }
}
