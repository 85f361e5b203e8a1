extension HTTPClient {
    /// The header fields of a message, in order; names compare without regard to case.
    ///
    /// Descriptions show names only, since values may be secrets.
    public struct Fields: Hashable, Sendable {
        private var fields: [Field] = []

        public init() {}

        public struct Field: Hashable, Sendable {
            public let name: String
            public internal(set) var value: String
        }

        /// The value of the first field of this name.
        public subscript(name: String) -> String? {
            first { $0.name.equalsIgnoringCase(name) }?.value
        }

        public func values(of name: String) -> [String] {
            filter { $0.name.equalsIgnoringCase(name) }.map(\.value)
        }

        mutating func append(_ name: String, _ value: String) {
            fields.append(Field(name: name, value: value))
        }

        /// Takes a line that an old server folded (RFC 9112 §5.2) as more of the last value.
        mutating func extendLast(with more: String) {
            guard !fields.isEmpty else { return }
            fields[fields.count - 1].value += " " + more
        }
    }
}

extension HTTPClient.Fields: RandomAccessCollection {
    public var startIndex: Int { fields.startIndex }
    public var endIndex: Int { fields.endIndex }
    public subscript(position: Int) -> Field { fields[position] }
}

extension HTTPClient.Fields: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "[\(map(\.name).joined(separator: ", "))]" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, unlabeledChildren: map(\.name)) }
}

extension HTTPClient.Fields.Field: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { name }
    public var debugDescription: String { name }
    public var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}

extension String {
    /// ASCII only, as field names are.
    func equalsIgnoringCase(_ other: String) -> Bool {
        utf8.elementsEqual(other.utf8) { $0.lowercasedASCII == $1.lowercasedASCII }
    }
}

extension UInt8 {
    var lowercasedASCII: UInt8 { (0x41...0x5a).contains(self) ? self | 0x20 : self }

    /// A character of a token, of which methods and field names are made (RFC 9110 §5.6.2).
    var isTokenCharacter: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true  // digits and letters
        case 0x21, 0x23...0x27, 0x2a, 0x2b, 0x2d, 0x2e, 0x5e...0x60, 0x7c, 0x7e: true  // !#$%&'*+-.^_`|~
        default: false
        }
    }

    var isControl: Bool { (self < 0x20 && self != 0x09) || self == 0x7f }
}
