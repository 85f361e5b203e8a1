/// Names and values in the order in which they were given. A name occurs once; the last value given for it holds.
public struct LogFields: Hashable, Sendable {
    struct Field: Hashable, Sendable {
        let name: String
        var value: LogValue
    }

    private(set) var fields: [Field] = []

    public init() {}

    public subscript(name: String) -> LogValue? {
        get { fields.first { $0.name == name }?.value }
        set { set(name, to: newValue) }
    }

    public func merging(_ others: LogFields) -> LogFields {
        var merged = self
        for field in others.fields { merged.set(field.name, to: field.value) }
        return merged
    }

    private mutating func set(_ name: String, to value: LogValue?) {
        let index = fields.firstIndex { $0.name == name }
        switch (index, value) {
        case (let index?, let value?): fields[index].value = value
        case (let index?, nil): fields.remove(at: index)
        case (nil, let value?): fields.append(Field(name: name, value: value))
        case (nil, nil): break
        }
    }
}

extension LogFields: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, LogValue)...) {
        for (name, value) in elements { set(name, to: value) }
    }
}
