extension YAML {
    public struct Node: Hashable, Sendable {
        public var content: Content
        /// Where the text of this node stands; for an alias that is at its anchor.
        public var position: Position

        public init(_ content: Content, at position: Position = .start) {
            self.content = content
            self.position = position
        }

        /// Nothing, `~` or `null`, unquoted.
        public var isNull: Bool {
            guard case .scalar(let scalar) = content else { return false }
            return scalar.isNull
        }
    }

    public enum Content: Hashable, Sendable {
        case scalar(Scalar)
        case sequence([Node])
        /// In the order of the text; no key comes twice.
        case mapping([Entry])
    }

    public struct Scalar: Hashable, Sendable {
        public var text: String
        public var style: Style

        public init(_ text: String, _ style: Style) {
            self.text = text
            self.style = style
        }

        /// Block scalars count as quoted: neither can be a null.
        public enum Style: Sendable { case plain, quoted }

        public var isNull: Bool { style == .plain && Scalar.nulls.contains(text) }

        private static let nulls: Set = ["", "~", "null", "Null", "NULL"]
    }

    public struct Entry: Hashable, Sendable {
        /// The text of the key, whatever type YAML would give it: `no:` and `8080:` are the keys `no` and `8080`.
        public var key: String
        public var keyPosition: Position
        public var value: Node

        public init(_ key: String, at keyPosition: Position = .start, _ value: Node) {
            self.key = key
            self.keyPosition = keyPosition
            self.value = value
        }
    }
}
