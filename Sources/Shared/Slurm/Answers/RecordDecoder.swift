/// Reads records of one kind, one after another, by what differs from the record before.
///
/// Two neighbours in an answer of Slurm's have the same members in the same order, and most of them have the same
/// value. So the text of a record is compared with that of the one before: members inside a common stretch keep
/// what was read from them then, and only where the texts part is a value read. Where it isn't a value that
/// differs but the shape (another key, another order, other white space), the record is read from its start member by
/// member.
///
/// What is kept was checked when it was read first, so nothing passes unchecked.
struct RecordDecoder<Fields: RecordFields> {
    private(set) var fields = Fields()
    private(set) var reading = Reading()
    /// Where the value is that stopped the last reading, if nobody wants it.
    private(set) var unwantedValue: Int?
    private let keys = KeyTable(Fields.keys.map { (key: $0.key.withUTF8Buffer { Array($0) }, field: $0.field) })
    private var previous: [UInt8] = []
    private var members: [Member] = []
    private var resized: [(member: Int, valueLength: Int)] = []

    /// A member of the record before, as lengths, so that a change of one leaves the others as they are.
    private struct Member {
        /// From the end of the value before it: separator, key, colon, white space.
        var lead: Int
        var value: Int
        var field: Fields.Field?
    }

    /// Reads the object at an offset into `fields.record`.
    ///
    /// After `needsMore` the same object has to come again, from its start, in a longer text.
    ///
    /// - Returns: the offset behind the object.
    mutating func decode(_ text: JSONText, at start: Int) throws(JSONStop) -> Int {
        unwantedValue = nil
        let end: Int
        if let found = try decodeDifferences(text, at: start) {
            end = found
            for (member, length) in resized { members[member].value = length }
        } else {
            end = try decodeWhole(text, at: start)
        }
        remember(text.extracting(start..<end))
        fields.complete(&reading)
        reading.countRecord { index in
            Fields.keys.first { Int($0.field.rawValue) == index }.map { "\($0.key)" } ?? "record"
        }
        return end
    }

    /// Counts an element that is no record.
    mutating func countStranger() { reading.count(wrongType: "record") }

    private mutating func remember(_ text: RawSpan) {
        previous.removeAll(keepingCapacity: true)
        guard !members.isEmpty else { return }
        text.withUnsafeBytes { previous.append(contentsOf: $0) }
    }

    /// - Returns: nil where the shape differs.
    private mutating func decodeDifferences(_ text: JSONText, at start: Int) throws(JSONStop) -> Int? {
        guard !previous.isEmpty else { return nil }
        let previous = previous
        let known = previous.span.bytes
        resized.removeAll(keepingCapacity: true)
        var index = 0
        var valueEnd = 0  // of the members before `index`, in the known text
        var same = 0
        var at = start
        while true {
            let common = known.commonPrefix(from: same, with: text, from: at)
            let parting = same + common
            if parting == known.byteCount { return at + common }
            guard at + common < text.byteCount else { throw .needsMore }
            while index < members.count, valueEnd + members[index].lead + members[index].value < parting {
                valueEnd += members[index].lead + members[index].value
                index += 1
            }
            guard index < members.count, parting >= valueEnd + members[index].lead else { return nil }
            let member = members[index]
            let value = at + (valueEnd + member.lead - same)
            let end = try readValue(of: member.field, from: text, at: value)
            if end - value != member.value { resized.append((index, end - value)) }
            valueEnd += member.lead + member.value
            index += 1
            same = valueEnd
            at = end
        }
    }

    @inline(__always)
    private mutating func readValue(of field: Fields.Field?, from text: JSONText, at start: Int) throws(JSONStop) -> Int
    {
        guard let field else {
            unwantedValue = start
            let end = try text.skipValue(start)
            unwantedValue = nil
            return end
        }
        reading.begin(field.rawValue)
        return try fields.read(field, from: text, at: start, &reading)
    }

    private mutating func decodeWhole(_ text: JSONText, at start: Int) throws(JSONStop) -> Int {
        previous.removeAll(keepingCapacity: true)
        members.removeAll(keepingCapacity: true)
        fields = Fields()
        reading.forgetRecord()
        var isRepeated = false
        var seen: UInt64 = 0
        var at = try text.skipSpace(start + 1)
        guard try text.byte(at) != .closeBrace else { return at + 1 }
        var valueEnd = start
        while true {
            let value = try text.skipKey(at)
            let field = keys.field(for: text.extracting(at + 1..<(try text.skipString(at)) - 1))
            if let field {
                let bit: UInt64 = 1 << UInt64(field.rawValue)
                isRepeated = isRepeated || seen & bit != 0
                seen |= bit
            }
            let end = try readValue(of: field, from: text, at: value)
            members.append(Member(lead: value - valueEnd, value: end - value, field: field))
            valueEnd = end
            at = try text.skipSpace(end)
            switch try text.byte(at) {
            case .comma: at = try text.skipSpace(at + 1)
            case .closeBrace:
                // Which of the two counts is known only to who reads both.
                if isRepeated { members.removeAll(keepingCapacity: true) }
                return at + 1
            default: throw .malformed(.unexpectedByte, at: at)
            }
        }
    }
}
