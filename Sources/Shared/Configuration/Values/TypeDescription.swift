/// What people and editors are told about a kind of value.
public struct TypeDescription: Sendable {
    /// A noun: `duration`.
    public var name: String
    /// `a number with a unit, such as 10s, 5m or 1h30m`
    public var allowed: String
    var schema: @Sendable () -> JSON
    var form = Form.scalar
    var isSecret = false
    /// Whether a variable or a flag can hold it; a section can't be written on one line.
    var isTextual = true
    /// The settings inside of it, with paths that start at the item.
    var fields: [Documented] = []

    enum Form: Sendable {
        case scalar, boolean, list, map, section
    }

    init(_ name: String, allowed: String, schema: @escaping @Sendable () -> JSON) {
        self.name = name
        self.allowed = allowed
        self.schema = schema
    }
}
