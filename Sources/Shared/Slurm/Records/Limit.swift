/// A limit that is set: to a number, or to none at all. One that isn't set is nil.
public enum Limit<Value: Hashable & Sendable>: Hashable, Sendable {
    case unlimited
    case value(Value)

    public var value: Value? {
        guard case .value(let value) = self else { return nil }
        return value
    }
}
