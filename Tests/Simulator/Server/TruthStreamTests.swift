import Foundation
import SimulatedCluster
import Testing

@testable import slurm_simulator

struct TruthStreamTests {
    @Test func theLinesAreTheWholeTruth() throws {
        let truth = Truth(Simulation().cluster)
        var stream = TruthStream(truth)
        var text: [UInt8] = []
        while let line = try stream.next() { text += line }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let back = try JSONDecoder().decode(Truth.self, from: Data(text))
        #expect(try encoder.encode(back) == encoder.encode(truth))
    }

    @Test func nothingLargeIsThereAtOnce() throws {
        var parameters = Parameters()
        parameters.users = 500
        var stream = TruthStream(Truth(Simulation(parameters).cluster))
        var longest = 0
        while let line = try stream.next() { longest = max(longest, line.count) }
        #expect(longest < 16_384)
    }
}
