import FleetProtocol

/// Answers to heartbeats as they are sent: what all shards are told alike, a plan first of all, is encoded once, and held
/// once.
struct EncodedAnswers: Sendable {
    /// The last ones, with a plan and without.
    private var last: [Bool: (answer: HeartbeatAnswer, bytes: [UInt8])] = [:]

    mutating func bytes(of answer: HeartbeatAnswer) throws -> [UInt8] {
        let hasPlan = answer.plan != nil
        if let last = last[hasPlan], last.answer == answer { return last.bytes }
        let bytes = try FleetMessage.encode(answer)
        last[hasPlan] = (answer, bytes)
        return bytes
    }
}
