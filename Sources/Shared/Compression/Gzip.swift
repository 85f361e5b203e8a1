/// Gzip in one call, for bodies that are whole in memory.
public enum Gzip {
    /// How hard to look for repetitions: from 1, the fastest, to 9, the smallest.
    public struct Level: Hashable, Sendable {
        let rawValue: Int32

        /// - Returns: nil outside 1...9.
        public init?(_ level: Int) {
            guard (1...9).contains(level) else { return nil }
            rawValue = Int32(level)
        }

        private init(known level: Int32) {
            rawValue = level
        }

        /// Exposition text shrinks to an eighth; `balanced` takes two to four times as long for a third less.
        public static let fastest = Level(known: 1)
        public static let balanced = Level(known: 6)
        public static let smallest = Level(known: 9)
    }

    /// The same bytes always give the same result: no time and no name are recorded.
    public static func compress(_ bytes: [UInt8], level: Level = .fastest) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(64 + bytes.count / 6)
        var compressor = GzipCompressor(level: level)
        compressor.write(bytes.span.bytes, into: &output)
        compressor.finish(into: &output)
        return output
    }

    /// - Parameter limit: the most bytes to produce; a small body may stand for a very large one.
    public static func decompress(_ bytes: [UInt8], limit: Int) throws(GzipError) -> [UInt8] {
        var output: [UInt8] = []
        var decompressor = GzipDecompressor(limit: limit)
        try decompressor.write(bytes.span.bytes, into: &output)
        try decompressor.finish()
        return output
    }
}
