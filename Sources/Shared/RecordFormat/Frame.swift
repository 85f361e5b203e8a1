/// A stream is its signature and version, and then frames: a kind, a length and so many bytes.
///
///     "SLURMREC" version | header | names | record | record | names | record … | end
///
/// `names` gives texts the numbers that come next; numbers start with 1, and 0 is the empty text. `end` says how many
/// records the stream has.
enum Frame: UInt8 {
    case header = 1
    case names
    case record
    case end

    static let signature = Array("SLURMREC".utf8)
    static let version: UInt8 = 3
    /// A record has no more than that: a node list of the largest machine is far below it.
    static let limit = 16 << 20
}

extension [UInt8] {
    mutating func append(_ frame: Frame, _ payload: borrowing GrowingBytes) {
        append(frame.rawValue)
        append(number: UInt64(payload.count))
        payload.append(to: &self)
    }
}
