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
    /// How long a record can be that the next one is compared with.
    private static var longestKept: Int { 256 << 10 }

    /// How long an object that nobody wants can be whose members are told apart, so that less of it is read again.
    private static var longestDivided: Int { 512 }

    private(set) var fields = Fields()
    private(set) var reading = Reading()
    /// Where the value is that stopped the last reading, if nobody wants it.
    private(set) var unwantedValue: Int?
    private let paths = FieldPaths(Fields.keys)
    /// Where the record before stands in the text.
    private var previous = 0..<0
    private var members: [Member] = []
    private var resized: [(member: Int, valueLength: Int32)] = []

    /// A member of the record before, as lengths, so that a change of one leaves the others as they are.
    private struct Member {
        /// From the end of the value before it: separator, key, colon, white space.
        var lead: Int32
        var value: Int32
        var node: UInt16?
        /// Unless the value can be an object with fields inside.
        var field: Fields.Field?

        var length: Int { Int(lead) &+ Int(value) }
    }

    /// Reads the object at an offset into `fields.record`.
    ///
    /// After `needsMore` the same object has to come again, from its start, in a longer text. The record before has to
    /// stay in the text (`neededStart`).
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
        previous = members.isEmpty || end - start > Self.longestKept ? 0..<0 : start..<end
        fields.complete(&reading)
        reading.countRecord { index in
            Fields.keys.first { Int($0.field.rawValue) == index }.map { "\($0.key)" } ?? "record"
        }
        return end
    }

    /// From where on the text is still needed; the record that is read next starts at an offset.
    func neededStart(before next: Int) -> Int { previous.isEmpty ? next : previous.lowerBound }

    /// Says that the text's first bytes are gone.
    mutating func shift(by count: Int) {
        guard !previous.isEmpty else { return }
        previous = previous.lowerBound - count..<previous.upperBound - count
    }

    /// The record before won't be there any more.
    mutating func forgetText() { previous = 0..<0 }

    /// Counts an element that is no record.
    mutating func countStranger() { reading.count(wrongType: "record") }

    /// - Returns: nil where the shape differs.
    private mutating func decodeDifferences(_ text: JSONText, at start: Int) throws(JSONStop) -> Int? {
        guard !previous.isEmpty else { return nil }
        let known = text.extracting(previous)
        resized.removeAll(keepingCapacity: true)
        var index = 0
        var valueEnd = 0  // of the members before `index`, in the known text
        var same = 0
        var at = start
        while true {
            let common = known.commonPrefix(from: same, with: text, from: at)
            let parting = same &+ common
            if parting == known.byteCount { return at &+ common }
            guard at &+ common < text.byteCount else { throw .needsMore }
            while index < members.count, valueEnd &+ members[index].length < parting {
                valueEnd &+= members[index].length
                index &+= 1
            }
            guard index < members.count, parting >= valueEnd &+ Int(members[index].lead) else { return nil }
            let member = members[index]
            let value = at &+ (valueEnd &+ Int(member.lead) &- same)
            let end = try readValue(of: member, from: text, at: value)
            if end &- value != Int(member.value) { resized.append((index, Int32(end &- value))) }
            valueEnd &+= member.length
            index &+= 1
            same = valueEnd
            at = end
        }
    }

    @inline(__always)
    private mutating func readValue(of member: Member, from text: JSONText, at start: Int) throws(JSONStop) -> Int {
        if let field = member.field { return try read(field, from: text, at: start) }
        if let node = member.node { return try readNode(Int(node), from: text, at: start) }
        unwantedValue = start
        let end = try text.skipValue(start)
        unwantedValue = nil
        return end
    }

    @inline(__always)
    private mutating func read(_ field: Fields.Field, from text: JSONText, at start: Int) throws(JSONStop) -> Int {
        reading.begin(field.rawValue)
        return try fields.read(field, from: text, at: start, &reading)
    }

    /// Reads a value that has fields inside if it is an object; those that it hasn't are read as null.
    private mutating func readNode(_ index: Int, from text: JSONText, at start: Int) throws(JSONStop) -> Int {
        let node = paths.nodes[index]
        try clear(node)
        guard try text.byte(start) == .openBrace else {
            if let field = node.field { return try read(field, from: text, at: start) }
            return try reading.skipNull(text, start)
        }
        var at = try text.skipSpace(start + 1)
        guard try text.byte(at) != .closeBrace else { return at + 1 }
        while true {
            let value = try text.skipKey(at)
            let key = text.extracting(at + 1..<(try text.skipString(at)) - 1)
            at = try text.skipSpace(readInner(paths.node(for: key, in: index), from: text, at: value))
            switch try text.byte(at) {
            case .comma: at = try text.skipSpace(at + 1)
            case .closeBrace: return at + 1
            default: throw .malformed(.unexpectedByte, at: at)
            }
        }
    }

    private mutating func readInner(_ index: Int?, from text: JSONText, at start: Int) throws(JSONStop) -> Int {
        guard let index else { return try text.skipValue(start) }
        guard paths.nodes[index].inner.isEmpty, let field = paths.nodes[index].field else {
            return try readNode(index, from: text, at: start)
        }
        return try read(field, from: text, at: start)
    }

    private mutating func clear(_ node: FieldPaths<Fields.Field>.Node) throws(JSONStop) {
        let null: StaticString = "null "
        let text = RawSpan(_unsafeStart: null.utf8Start, byteCount: null.utf8CodeUnitCount)
        if let field = node.field { _ = try read(field, from: text, at: 0) }
        for field in node.inner { _ = try read(field, from: text, at: 0) }
    }

    private mutating func decodeWhole(_ text: JSONText, at start: Int) throws(JSONStop) -> Int {
        previous = 0..<0
        members.removeAll(keepingCapacity: true)
        fields = Fields()
        reading.forgetRecord()
        var learned = Learned(valueEnd: start)
        let end = try learn(text, at: start, node: 0, &learned, depth: 0)
        // Which of two members with the same key counts is known only to who reads both.
        if learned.isRepeated { members.removeAll(keepingCapacity: true) }
        return end
    }

    private struct Learned {
        /// Of the value before.
        var valueEnd: Int
        var seen: UInt64 = 0
        var isRepeated = false

        mutating func see(_ mask: UInt64, isInside: Bool) {
            isRepeated = isRepeated || seen & mask != 0
            if !isInside { seen |= mask }
        }
    }

    /// Reads the object at an offset member by member, and learns where its values are.
    ///
    /// - Parameter node: nil for an object that nobody wants.
    private mutating func learn(
        _ text: JSONText, at start: Int, node: Int?, _ learned: inout Learned, depth: Int
    ) throws(JSONStop) -> Int {
        guard depth < JSONText.deepestNesting else { throw .malformed(.tooDeep, at: start) }
        var at = try text.skipSpace(start + 1)
        guard try text.byte(at) != .closeBrace else { return at + 1 }
        while true {
            let value = try text.skipKey(at)
            let key = text.extracting(at + 1..<(try text.skipString(at)) - 1)
            let child = node.flatMap { paths.node(for: key, in: $0) }
            at = try text.skipSpace(learnValue(text, at: value, node: child, &learned, depth: depth))
            switch try text.byte(at) {
            case .comma: at = try text.skipSpace(at + 1)
            case .closeBrace: return at + 1
            default: throw .malformed(.unexpectedByte, at: at)
            }
        }
    }

    private mutating func learnValue(
        _ text: JSONText, at start: Int, node: Int?, _ learned: inout Learned, depth: Int
    ) throws(JSONStop) -> Int {
        var member = Member(lead: Int32(start - learned.valueEnd), value: 0, node: node.map { UInt16($0) })
        let isObject = try text.byte(start) == .openBrace
        if let node {
            let isInside = isObject && !paths.nodes[node].inner.isEmpty
            learned.see(paths.nodes[node].mask, isInside: isInside)
            if paths.nodes[node].inner.isEmpty { member.field = paths.nodes[node].field }
            if isInside {
                try clear(paths.nodes[node])
                return try learn(text, at: start, node: node, &learned, depth: depth + 1)
            }
        }
        let end = try readValue(of: member, from: text, at: start)
        if node == nil, isObject, end - start <= Self.longestDivided, try !text.isEmptyObject(start) {
            return try learn(text, at: start, node: nil, &learned, depth: depth + 1)
        }
        member.value = Int32(end - start)
        members.append(member)
        learned.valueEnd = end
        return end
    }
}

extension RawSpan {
    fileprivate func isEmptyObject(_ start: Int) throws(JSONStop) -> Bool {
        try byte(skipSpace(start + 1)) == .closeBrace
    }
}
