import FleetProtocol
import Testing

@testable import Fleet

struct EncodedAnswersTests {
    private func answer(_ revision: UInt64?, mayLeave: Bool = false) -> HeartbeatAnswer {
        let plan = revision.map {
            Plan(
                identity: PlanIdentity(epoch: 1, store: "s", holder: "a", revision: $0), configuration: .init(yaml: ""))
        }
        return HeartbeatAnswer(plan: plan, nextSeconds: 2, mayLeave: mayLeave)
    }

    @Test func everyAnswerIsWhatItSays() throws {
        var encoded = EncodedAnswers()
        for answer in [answer(1), answer(1), answer(2), answer(2, mayLeave: true), answer(nil), answer(1), answer(2)] {
            let bytes = try encoded.bytes(of: answer)
            #expect(try FleetMessage.decode(HeartbeatAnswer.self, from: bytes) == answer)
        }
    }

    @Test func aPlanForManyIsHeldOnce() throws {
        var encoded = EncodedAnswers()
        let all = try (0..<3).map { _ in try encoded.bytes(of: answer(7)) }
        #expect(Set(all.map { $0.withUnsafeBufferPointer { $0.baseAddress } }).count == 1)
    }
}
