import Testing

@testable import SimulatedCluster

struct TextTests {
    private func text(_ append: (inout [UInt8]) -> Void) -> String {
        var bytes: [UInt8] = []
        append(&bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        (0, 1, "0"), (7, 3, "007"), (-12, 1, "-12"), (1_234_567, 2, "1234567"), (Int.max, 1, "\(Int.max)"),
    ])
    func writesDecimals(number: Int, width: Int, expected: String) {
        #expect(text { $0.append(decimal: number, width: width) } == expected)
    }

    @Test(arguments: [
        (1_612_647, "1612647M"), (192_000, "187.50G"), (16_384, "16G"), (2_097_152, "2T"), (1000, "1000M"), (0, "0"),
        (1536, "1.50G"),
    ])
    func writesMemoryAsSlurmDoes(mebibytes: Int, expected: String) {
        #expect(text { $0.append(mebibytes: mebibytes) } == expected)
    }

    @Test func compressesHostLists() {
        let cluster = MenagerieTests.cluster
        let list = [0, 1, 2, 3, 6].map { Ref<Node>($0) }
        #expect(text { cluster.append(hostlist: list, to: &$0) } == "cn[01-04,07]")
        #expect(text { cluster.append(hostlist: [Ref<Node>(4)], to: &$0) } == "cn05")
        #expect(text { cluster.append(hostlist: [], to: &$0) } == "")
        let mixed = [Ref<Node>(0), Ref<Node>(1)] + cluster.nodes.refs.filter { cluster.nodes[$0].isPinned }.prefix(2)
        #expect(text { cluster.append(hostlist: mixed, to: &$0) } == "cn[01-02],odd-homeless,odd-triple")
    }

    @Test func cutsTaskListsAtSixtyThreeBytes() {
        let set = TaskSet(ids: (0..<40).map { $0 * 3 } + [500])
        let cut = text { set.append(to: &$0) }
        #expect(cut == "0,3,6,9,12,15,18,21,24,27,30,33,36,39,42,45,48,51,54,57,60,6...")
        #expect(cut.utf8.count == 63)
        #expect(set.knownCount() == 21)
        #expect(set.knownCount(length: 0) == 41)
        #expect(text { set.append(to: &$0, length: 0) }.hasSuffix(",117,500"))
    }

    /// Slurm writes its three dots from the 61st byte on even if that makes the string longer.
    @Test func replacesTheEndOfAListOfSixtyTwoBytes() {
        let ids: [UInt32] = [0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36, 39, 42, 45, 48, 51, 54, 57, 60, 165]
        let set = TaskSet(ids: ids)
        #expect(text { set.append(to: &$0, length: 0) }.utf8.count == 62)
        #expect(text { set.append(to: &$0) }.hasSuffix(",57,60,1..."))
    }

    @Test(arguments: [1, 2, 3, 4])
    func theDotsAreTheLeastOfACutList(length: Int) {
        #expect(text { TaskSet(ids: [1, 3, 4, 9]).append(to: &$0, length: length) } == "...")
    }

    @Test(arguments: [
        (NodeState(.idle, [.drain, .maintenance]), "drained$"), (NodeState(.mixed, .drain), "draining"),
        (NodeState(.idle, [.drain, .completing]), "draining"), (NodeState(.down, .notResponding), "down*"),
        (NodeState(.idle, .maintenance), "maint"), (NodeState(.idle, .rebootIssued), "reboot^"),
        (NodeState(.idle, .reserved), "reserved"), (NodeState(.idle, [.reserved, .poweredDown]), "idle~"),
        (NodeState(.mixed, .planned), "mixed-"), (NodeState(.allocated, .completing), "allocated+"),
        (NodeState(.mixed, .completing), "completing"), (NodeState(.idle, .poweringUp), "idle#"),
        (NodeState(.unknown, .poweredDown), "powered_down"), (NodeState(.mixed, .fail), "failing"),
        (NodeState(.idle, [.invalidRegistration, .drain]), "inval"), (NodeState(.down, .drain), "drained"),
    ])
    func saysWhatSinfoSays(state: NodeState, expected: String) {
        let suffix = state.suffix.map { String(UnicodeScalar($0)) } ?? ""
        #expect(state.effective.rawValue + suffix == expected)
    }

    @Test func saysWhatSqueueSays() {
        #expect(JobState(.cancelled, [.completing, .revoked]).effective == .completing)
        #expect(JobState(.pending, [.requeued, .specialExit]).effective == .requeued)
        #expect(JobState(.running, .powerUpNode).effective == .running)
        #expect(JobState(.running, [.configuring, .powerUpNode]).effective == .configuring)
    }
}
