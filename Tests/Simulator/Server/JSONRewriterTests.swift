import Foundation
import Testing

@testable import slurm_simulator

struct JSONRewriterTests {
    private static let document = {
        let jobs = (0..<60).map {
            #"{"job_id": \#($0), "job_state": ["RUNNING", "REQUEUED"], "name": "a\\\"b\#($0)", "nested": {}, "x": -1.5e3}"#
        }
        return #"{"jobs": ["# + jobs.joined(separator: ",\n  ") + #"], "state": "UP"}"#
    }()

    private func rewrite(_ rewriting: FaultEffect.Rewriting, pieces: Int = .max) -> String {
        var rewriter = JSONRewriter(rewriting)
        var rest = Array(Self.document.utf8)[...]
        var output: [UInt8] = []
        while !rest.isEmpty {
            output += rewriter.rewrite(Array(rest.prefix(pieces)))
            rest = rest.dropFirst(pieces)
        }
        return String(decoding: output, as: UTF8.self)
    }

    @Test(arguments: FaultEffect.Rewriting.allCases)
    func piecesDoNotMatter(rewriting: FaultEffect.Rewriting) {
        let whole = rewrite(rewriting)
        #expect(whole != Self.document)
        for size in [1, 2, 3, 7, 64] { #expect(rewrite(rewriting, pieces: size) == whole) }
    }

    @Test(arguments: [FaultEffect.Rewriting.wrongTypes, .unknownStates, .unknownFields])
    func theResultIsJSON(rewriting: FaultEffect.Rewriting) throws {
        _ = try JSONSerialization.jsonObject(with: Data(rewrite(rewriting).utf8))
    }

    @Test func infinityIsBareAndNowhereElse() throws {
        let text = rewrite(.infinity)
        #expect(text.contains(": Infinity"))
        _ = try JSONSerialization.jsonObject(with: Data(text.replacing("Infinity", with: "0").utf8))
    }

    @Test(arguments: [
        (FaultEffect.Rewriting.infinity, #"{"a": "x", "b": Infinity}"#), (.wrongTypes, #"{"a": {"a":[1]}, "b": 7}"#),
    ])
    func aSmallAnswerIsStruckToo(rewriting: FaultEffect.Rewriting, result: String) {
        var rewriter = JSONRewriter(rewriting)
        #expect(rewriter.rewrite(Array(#"{"a": "x", "b": 7}"#.utf8)) == Array(result.utf8))
    }

    @Test func onlyStatesAreBewitched() {
        let text = rewrite(.unknownStates)
        #expect(text.contains(#""job_state": ["BEWITCHED", "BEWITCHED"], "name": "a\\\"b0""#))
        #expect(text.hasSuffix(#""state": "BEWITCHED"}"#))
        #expect(!text.contains("RUNNING"))
    }
}
