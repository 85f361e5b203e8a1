/// A table of distinct values that only grows: equal values get the same reference.
public struct Interner<Value: Hashable & Sendable>: Sendable {
    public private(set) var values: [Value] = []
    private var known: [Value: Ref<Value>] = [:]

    public init() {}

    public var count: Int { values.count }

    public subscript(_ ref: Ref<Value>) -> Value {
        _read { yield values[ref.index] }
    }

    mutating func intern(_ value: Value) -> Ref<Value> {
        if let ref = known[value] { return ref }
        let ref = Ref<Value>(values.count)
        values.append(value)
        known[value] = ref
        return ref
    }
}
