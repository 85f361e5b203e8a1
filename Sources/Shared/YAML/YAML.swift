/// YAML as a configuration file needs it: one document, text to a small tree in which every node knows its line.
///
/// Scalars stay text. Whether `no` is a boolean or a country is for the reader of a setting to say, never for the parser,
/// so `country: no` remains the text `no`. Only the core tags (`!!str`, `!!int`, `!!map` …) are known, all others are
/// refused. Anchors, aliases and merge keys work within ``Limits``.
public enum YAML {
    /// Reads one document from UTF-8, or from UTF-16 that starts with a byte order mark.
    ///
    /// Takes time and memory in proportion to the input, whatever the input is. An empty document is a null scalar.
    public static func parse(_ bytes: [UInt8], limits: Limits = Limits()) throws(Problem) -> Node {
        guard bytes.count <= limits.bytes else {
            throw Problem(.limit, at: .start, "the document has \(bytes.count) bytes, the limit is \(limits.bytes)")
        }
        var composer = Composer(EventReader(bytes), limits: limits)
        return try composer.document()
    }

    public static func parse(_ text: String, limits: Limits = Limits()) throws(Problem) -> Node {
        try parse(Array(text.utf8), limits: limits)
    }

    public struct Limits: Sendable {
        public var bytes: Int
        /// Counted after aliases and merge keys are expanded.
        public var nodes: Int
        public var depth: Int

        public init(bytes: Int = 4 << 20, nodes: Int = 100_000, depth: Int = 64) {
            self.bytes = bytes
            self.nodes = nodes
            self.depth = depth
        }
    }

    /// Both count from 1; columns count characters.
    public struct Position: Hashable, Sendable, Comparable {
        public var line: Int
        public var column: Int

        public init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }

        public static let start = Position(line: 1, column: 1)

        public static func < (left: Position, right: Position) -> Bool {
            (left.line, left.column) < (right.line, right.column)
        }
    }
}
