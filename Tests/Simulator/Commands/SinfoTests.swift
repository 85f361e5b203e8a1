import SimulatedCluster
import SimulatedCommands
import Testing

struct SinfoTests {
    @Test func aNodeHasALineInEveryPartition() {
        let lines = ask("sinfo", "-a", "-h", "-N", "-O", "NodeList:|,Partition:").lines
        let expected = Clusters.odd.partitions.filter(\.exists).reduce(0) { sum, partition in
            sum + partition.nodes.count { Clusters.odd.nodes[$0].state.base != .future }
        }
        #expect(lines.count == expected)
    }

    @Test func statesAreTheEffectiveOnesWithTheirSuffix() {
        let lines = Set(ask("sinfo", "-a", "-h", "-N", "-O", "NodeList:|,StateLong:").lines)
        for node in Clusters.odd.nodes where node.partitions.exists && node.state.base != .future {
            var name: [UInt8] = []
            Clusters.odd.append(node.name, to: &name)
            let suffix = node.state.suffix.map { String(UnicodeScalar($0)) } ?? ""
            #expect(
                lines.contains("\(String(decoding: name, as: UTF8.self))|\(node.state.effective.rawValue)\(suffix)"))
        }
    }

    @Test func cpusAddUp() throws {
        for line in ask("sinfo", "-a", "-h", "-N", "-O", "CPUsState:").lines {
            let numbers = line.split(separator: "/").compactMap { Int($0) }
            try #require(numbers.count == 4)
            #expect(numbers[0] + numbers[1] + numbers[2] == numbers[3])
        }
    }

    @Test func theDefaultPartitionHasAMark() throws {
        let name = try #require(Clusters.plain.partitions.first { $0.flags.contains(.isDefault) }).name.repaired
        #expect(ask("sinfo", "-h", "-o", "%P", of: Clusters.plain).lines.contains("\(name)*"))
        #expect(ask("sinfo", "-h", "-o", "%R", of: Clusters.plain).lines.contains(name))
    }

    @Test func theSummaryCountsNodesByWhatTheyDo() {
        let lines = ask("sinfo", "-s", of: Clusters.plain).lines
        #expect(lines[0].contains("AVAIL  TIMELIMIT   NODES(A/I/O/T) NODELIST"))
        #expect(lines.count == 1 + Clusters.plain.partitions.count { $0.exists && !$0.flags.contains(.hidden) })
    }

    @Test func nodesAlikeShareALine() {
        let grouped = ask("sinfo", "-a", "-h", "-o", "%R|%T|%D", of: Clusters.plain).lines
        let total = grouped.reduce(0) { $0 + (Int($1.split(separator: "|").last ?? "") ?? 0) }
        #expect(total == ask("sinfo", "-a", "-h", "-N", "-o", "%N", of: Clusters.plain).lines.count)
        #expect(Set(grouped.map { $0.split(separator: "|").prefix(2).joined() }).count == grouped.count)
    }

    @Test func unknownFieldsAreSaid() {
        #expect(ask("sinfo", "-O", "bogus").errors == "sinfo: error: Invalid job format specification: bogus\n")
        #expect(ask("sinfo", "-o", "%?").errors == "sinfo: error: Invalid node format specification: ?\n")
    }

    @Test func hiddenPartitionsNeedAll() {
        #expect(ask("sinfo", "-h").lines.count < ask("sinfo", "-h", "-a").lines.count)
    }
}
