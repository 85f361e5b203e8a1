/// One member of a record: its key, the API versions that have it, and how its value is written.
///
/// A table of fields in the order of the document describes a kind of record in all versions.
struct Field<Record>: Sendable {
    enum Value: Sendable {
        /// The same in every record.
        case constant(@Sendable (inout JSONWriter) -> Void)
        case computed(@Sendable (Record, Source, inout JSONWriter) -> Void)
        /// Not there at all in some records; never the first member of its object.
        case optional(
            isThere: @Sendable (Record, Source) -> Bool, write: @Sendable (Record, Source, inout JSONWriter) -> Void)
    }

    /// Keys of nested objects are joined by slashes: `time/elapsed`. An object stands where its first member does.
    let path: String
    let versions: ClosedRange<APIVersion>
    private(set) var value: Value
    private var removal: (release: Release, rest: @Sendable (inout JSONWriter) -> Void)?

    init(_ path: String, _ versions: ClosedRange<APIVersion>, _ value: Value) {
        self.path = path
        self.versions = versions
        self.value = value
    }

    /// The field of a server that still answers in versions that have it, but no longer knows anything about it.
    func removed(in release: Release, leaving rest: @escaping @Sendable (inout JSONWriter) -> Void) -> Field {
        var field = self
        field.removal = (release, rest)
        return field
    }

    /// Its value in a dialect, nothing where the dialect does not have it.
    func value(in dialect: Dialect) -> Value? {
        guard versions.contains(dialect.version) else { return nil }
        if let removal, dialect.release >= removal.release { return .constant(removal.rest) }
        return value
    }
}
