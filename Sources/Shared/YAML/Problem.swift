extension YAML {
    /// Why a document can't be read, in words for whoever wrote it. Never quotes values, which may be secret.
    public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        public enum Kind: String, Sendable {
            case syntax, encoding, duplicateKey, alias, tag, limit, unsupported
        }

        public var kind: Kind
        public var position: Position
        public var text: String

        init(_ kind: Kind, at position: Position, _ text: String) {
            self.kind = kind
            self.position = position
            self.text = text
        }

        /// Bounded: fit for a metric label.
        public var label: String { kind.rawValue }

        public var description: String { "line \(position.line), column \(position.column): \(text)" }
    }
}
