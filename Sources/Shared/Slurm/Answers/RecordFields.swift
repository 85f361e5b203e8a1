/// What a record is made of: which members of its JSON object matter, how each is read, and what they say together.
protocol RecordFields: SendableMetatype {
    /// At most 64 of them.
    associatedtype Field: RawRepresentable<UInt8>, Sendable
    associatedtype Record

    /// Where the answer has the records.
    static var place: RecordPlace { get }

    /// Every member that is read, by its key; those of inner objects with a dot: `maximums.time`. Keys of one field
    /// stand for one another.
    static var keys: [(key: StaticString, field: Field)] { get }

    init()

    var record: Record { get }

    /// Reads the value at an offset.
    ///
    /// Called only for members that differ from those of the record before.
    ///
    /// - Returns: the offset behind the value.
    mutating func read(
        _ field: Field, from text: JSONText, at start: Int, _ reading: inout Reading
    ) throws(JSONStop) -> Int

    /// Makes `record` up from the members that were read.
    mutating func complete(_ reading: inout Reading)
}

/// Where an answer has its records.
struct RecordPlace {
    /// The keys that lead from the answer's object to them, in lower case: `QOS` and `qos` are the same.
    var path: [StaticString]
    /// There is one record, which is no array's element.
    var isSingle = false
}
