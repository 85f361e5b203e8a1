import FleetProtocol
import Testing

struct ShardNameTests {
    @Test(arguments: ["a", "node-17.example.com:9341", "slurm-shard-0", "7", "A_b", String(repeating: "n", count: 128)])
    func whatHostsAndPodsAreCalledIsAName(_ name: String) {
        #expect(ShardName.holds(name))
    }

    @Test(arguments: [
        "", "\n\"x", "../x", "..", ".", "-v", "r5\u{1b}[31mRED", "a b", "a/b", "é", "a\u{0}", "[::1]:80",
        String(repeating: "n", count: 129),
    ])
    func nothingElseIs(_ name: String) {
        #expect(!ShardName.holds(name))
    }
}
