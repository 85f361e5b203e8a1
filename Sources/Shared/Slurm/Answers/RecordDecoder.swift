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
    /// Whether the next record can be compared with the newest one.
    private(set) var isComparable = false
    private let paths = FieldPaths(Fields.keys)
    private var members: [Member] = []
    private var places = MemberPlaces()

    /// What a member of the record before is to us.
    private struct Member {
        var node: UInt16?
        /// Unless the value can be an object with fields inside.
        var field: Fields.Field?
    }

    /// Reads the object at an offset into `fields.record`.
    ///
    /// After `needsMore` the same object has to come again, from its start, in a longer text.
    ///
    /// - Parameter known: the record before, if it is comparable and still there.
    /// - Returns: the offset behind the object.
    mutating func decode(_ text: JSONText, at start: Int, after known: RawSpan) throws(JSONStop) -> Int {
        unwantedValue = nil
        let end: Int
        if let found = try decodeDifferences(text, at: start, from: known) {
            end = found
            places.grow()
        } else {
            end = try decodeWhole(text, at: start)
        }
        isComparable = !members.isEmpty && end - start <= Self.longestKept
        fields.complete(&reading)
        reading.countRecord { index in
            Fields.keys.first { Int($0.field.rawValue) == index }.map { "\($0.key)" } ?? "record"
        }
        return end
    }

    /// Counts an element that is no record.
    mutating func countStranger() { reading.count(wrongType: "record") }

    /// - Returns: nil where the shape differs.
    private mutating func decodeDifferences(
        _ text: JSONText, at start: Int, from known: RawSpan
    ) throws(JSONStop) -> Int? {
        guard isComparable, known.byteCount > 0 else { return nil }
        places.forgetGrowths()
        var index = -1
        var same = 0
        var at = start
        while true {
            let common = known.commonPrefix(from: same, with: text, from: at)
            let parting = same &+ common
            if parting == known.byteCount { return at &+ common }
            guard at &+ common < text.byteCount else { throw .needsMore }
            index = places.member(at: parting, after: index)
            guard index < members.count else { return nil }
            let place = places[index]
            guard parting >= place.start else { return nil }
            let value = at &+ (place.start &- same)
            // White space where there was none is another shape.
            guard try text.byte(value) > UInt8(ascii: " ") else { return nil }
            at = try readValue(of: members[index], from: text, at: value)
            places.note(length: at &- value, of: index)
            same = place.end
        }
    }

    @inline(__always)
    private mutating func readValue(of member: Member, from text: JSONText, at start: Int) throws(JSONStop) -> Int {
        if let field = member.field { return try read(field, from: text, at: start) }
        if let node = member.node { return try readNode(Int(node), from: text, at: start) }
        do throws(JSONStop) {
            return try text.skipValue(start)
        } catch {
            unwantedValue = start
            throw error
        }
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
        isComparable = false
        forgetMembers()
        fields = Fields()
        reading.forgetRecord()
        var learned = Learned(start: start)
        let end = try learn(text, at: start, node: 0, &learned, depth: 0)
        // Which of two members with the same key counts is known only to who reads both.
        if learned.isRepeated { forgetMembers() }
        return end
    }

    private mutating func forgetMembers() {
        members.removeAll(keepingCapacity: true)
        places.removeAll()
    }

    private struct Learned {
        /// Of the record.
        let start: Int
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
        var member = Member(node: node.map { UInt16($0) })
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
        members.append(member)
        places.append(start: start - learned.start, end: end - learned.start)
        return end
    }
}

extension RawSpan {
    fileprivate func isEmptyObject(_ start: Int) throws(JSONStop) -> Bool {
        try byte(skipSpace(start + 1)) == .closeBrace
    }
}
