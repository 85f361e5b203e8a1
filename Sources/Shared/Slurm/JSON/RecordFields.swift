/// What a record is made of: which members of its JSON object matter, and how each is read.
protocol RecordFields {
    associatedtype Field: Hashable
    associatedtype Record

    /// A record none of whose members was seen.
    static var empty: Record { get }

    /// Every member that is read, by its key.
    static var keys: [(key: StaticString, field: Field)] { get }

    /// Reads the value at an offset into the record.
    ///
    /// - Returns: the offset behind the value.
    mutating func read(
        _ field: Field, from text: JSONText, at start: Int, into record: inout Record
    ) throws(JSONStop) -> Int
}
