import FoundationEssentials

/// What shards and coordinators send each other, as JSON of a bounded size. Keys that aren't known are passed over, so
/// that versions can differ by one.
public enum FleetMessage {
    /// Bytes of a heartbeat or an answer at most: of a thousand slices it has a quarter.
    public static let limit = 4 << 20

    public static func encode(_ message: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(message))
    }

    public static func decode<Message: Decodable>(
        _ type: Message.Type, from bytes: [UInt8]
    ) throws(MalformedMessage) -> Message {
        guard bytes.count <= limit else { throw MalformedMessage(reason: "has more than \(limit) bytes") }
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw MalformedMessage(bytes, error)
        }
    }
}
