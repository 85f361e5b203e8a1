@testable import SimulatedCluster

/// FNV-1a over everything that a reader can see.
struct Digest {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    init(_ cluster: Cluster) {
        var text: [UInt8] = []
        for node in cluster.nodes {
            cluster.append(node.name, to: &text)
            cluster.append(configuredGres: node, to: &text)
            cluster.append(usedGres: node, to: &text)
            cluster.append(cluster.allocatedTRES(of: node), to: &text)
            text.append(cluster.texts[node.reason])
            add(text)
            add(
                node.state.base.rawValue, node.state.flags.rawValue, node.cpuLoad, node.freeMemory,
                node.lastBusy.seconds)
            text.removeAll(keepingCapacity: true)
        }
        for job in cluster.jobs {
            cluster.append(displayIDOf: job, to: &text)
            cluster.append(partitionsOf: job, to: &text)
            cluster.append(hostlist: cluster.listedNodes(of: job), to: &text)
            cluster.append(cluster.allocatedTRES(of: job), to: &text)
            cluster.append(standardOutputOf: job, to: &text)
            text.append(contentsOf: job.reason.rawValue.utf8)
            add(text)
            add(job.state.base.rawValue, job.state.flags.rawValue, job.started.seconds, job.ended.seconds, job.priority)
            text.removeAll(keepingCapacity: true)
        }
        for job in cluster.ended { add(UInt8(0), job.id, job.started.seconds, job.ended.seconds, job.arrives) }
        for association in cluster.associations { add(UInt64(association.usage.rawUsage)) }
        for calls in cluster.statistics.callsByType { add(UInt64(calls.totalTime)) }
        for row in cluster.shares() { add(row.level.bitPattern) }
    }

    private mutating func add(_ bytes: [UInt8]) {
        for byte in bytes { mix(byte) }
    }

    private mutating func add(_ first: UInt8, _ rest: UInt32...) {
        mix(first)
        for word in rest { add(UInt64(word)) }
    }

    private mutating func add(_ word: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) { mix(UInt8(truncatingIfNeeded: word >> UInt64(shift))) }
    }

    private mutating func mix(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
    }
}
