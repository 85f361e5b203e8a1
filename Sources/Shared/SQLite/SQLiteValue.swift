/// What a column holds or a statement is given.
public enum SQLiteValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)

    public var integer: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    public var text: String? {
        if case .text(let value) = self { value } else { nil }
    }
}
