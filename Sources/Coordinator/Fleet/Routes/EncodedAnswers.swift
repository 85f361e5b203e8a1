import FleetProtocol

/// Answers to heartbeats as they are sent: a plan that all shards are given at once is encoded once, and held once.
struct EncodedAnswers: Sendable {
    /// The last one with a plan.
    private var last: (answer: HeartbeatAnswer, bytes: [UInt8])?

    mutating func bytes(of answer: HeartbeatAnswer) throws -> [UInt8] {
        guard answer.plan != nil else { return try FleetMessage.encode(answer) }
        if let last, last.answer == answer { return last.bytes }
        let bytes = try FleetMessage.encode(answer)
        last = (answer, bytes)
        return bytes
    }
}
