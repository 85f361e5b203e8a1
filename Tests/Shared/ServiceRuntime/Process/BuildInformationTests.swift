import Foundation
import ServiceRuntime
import Testing

struct BuildInformationTests {
    @Test func theTextForVersionNamesEverything() throws {
        let text = BuildInformation.current.text(program: "slurm-shard")
        let shape = #/slurm-shard \d+\.\d+\.\d+ \(commit ([0-9a-f]{7}|unknown), Swift \d\.\d, linux \w+\)/#
        #expect(text.wholeMatch(of: shape) != nil, "\(text)")
    }
}
