/// Header fields in the order in which they came: names compare without case, and may repeat.
///
/// All text is in one buffer, so that a request's fields cost two allocations however many there are.
public struct HTTPFields: Sendable {
    private var text: [UInt8] = []
    private var ends: [(name: UInt32, value: UInt32)] = []

    public init() {}

    public var count: Int { ends.count }
    public var isEmpty: Bool { ends.isEmpty }

    /// The first value of that name.
    public subscript(name: String) -> String? {
        firstIndex(of: name).map { String(decoding: text[value(at: $0)], as: UTF8.self) }
    }

    public func contains(_ name: String) -> Bool {
        firstIndex(of: name) != nil
    }

    /// Every value of that name, in order, each as it came: lists are not taken apart.
    public func values(_ name: String) -> [String] {
        indices(of: name).map { String(decoding: text[value(at: $0)], as: UTF8.self) }
    }

    /// The values of that name as the one comma-separated list that they mean (RFC 9110 §5.3); nil if there is none.
    public func combined(_ name: String) -> String? {
        let values = values(name)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    public mutating func append(_ name: String, _ value: String) {
        append(name: name.utf8, value: value.utf8)
    }

    /// Leaves exactly one field of that name, at the end.
    public mutating func set(_ name: String, _ value: String) {
        remove(name)
        append(name, value)
    }

    public mutating func remove(_ name: String) {
        guard contains(name) else { return }
        var kept = HTTPFields()
        for index in ends.indices where !matches(index, name.utf8) {
            kept.append(name: text[self.name(at: index)], value: text[value(at: index)])
        }
        self = kept
    }

    mutating func append(name: some Collection<UInt8>, value: some Collection<UInt8>) {
        text.append(contentsOf: name)
        let middle = UInt32(text.count)
        text.append(contentsOf: value)
        ends.append((middle, UInt32(text.count)))
    }
}

extension HTTPFields: Sequence {
    public struct Iterator: IteratorProtocol {
        private let fields: HTTPFields
        private var index = 0

        fileprivate init(_ fields: HTTPFields) {
            self.fields = fields
        }

        public mutating func next() -> (name: String, value: String)? {
            guard index < fields.count else { return nil }
            defer { index += 1 }
            return (
                String(decoding: fields.text[fields.name(at: index)], as: UTF8.self),
                String(decoding: fields.text[fields.value(at: index)], as: UTF8.self)
            )
        }
    }

    public func makeIterator() -> Iterator { Iterator(self) }
    public var underestimatedCount: Int { count }
}

extension HTTPFields: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { append(name, value) }
    }
}

/// Same fields in the same order, names without case.
extension HTTPFields: Equatable {
    public static func == (one: HTTPFields, other: HTTPFields) -> Bool {
        one.count == other.count
            && one.ends.indices.allSatisfy {
                one.matches($0, other.text[other.name(at: $0)])
                    && one.text[one.value(at: $0)] == other.text[other.value(at: $0)]
            }
    }
}

extension HTTPFields: CustomStringConvertible {
    public var description: String {
        map { "\($0.name): \($0.value)" }.joined(separator: "\n")
    }
}

extension HTTPFields {
    private func name(at index: Int) -> Range<Int> {
        (index == 0 ? 0 : Int(ends[index - 1].value))..<Int(ends[index].name)
    }

    private func value(at index: Int) -> Range<Int> {
        Int(ends[index].name)..<Int(ends[index].value)
    }

    private func firstIndex(of name: String) -> Int? {
        ends.indices.first { matches($0, name.utf8) }
    }

    private func indices(of name: String) -> [Int] {
        ends.indices.filter { matches($0, name.utf8) }
    }

    private func matches(_ index: Int, _ other: some Collection<UInt8>) -> Bool {
        let range = name(at: index)
        return range.count == other.count
            && zip(text[range], other).allSatisfy { $0 == $1 || lowercased($0) == lowercased($1) }
    }

    private func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
