extension TaskCount {
    /// Counts what an array's list of tasks names: `0-99%5`, `1-19:2`, `3,5,7-12`, or one that is cut and ends in dots.
    ///
    /// The piece that the dots have cut into doesn't count, since its numbers may have lost digits.
    ///
    /// - Returns: nothing for what is no such list.
    init?(_ text: RawSpan) {
        var list = text.extracting(0..<(text.firstIndex(of: UInt8(ascii: "%")) ?? text.byteCount))
        self.init(known: 0)
        if list.byteCount >= 3, list.has("...", at: list.byteCount - 3) {
            isCut = true
            list = list.extracting(0..<(list.lastIndex(of: .comma) ?? 0))
        }
        var isList = true
        var known = 0
        list.split(.comma) { piece in
            if let count = Self.tasks(in: piece) { known += Swift.min(count, Self.most) } else { isList = false }
        }
        guard isList, known > 0 || isCut else { return nil }
        self.known = known
    }

    /// More than any array of Slurm's can have: MaxArraySize is at most 4,000,001.
    private static var most: Int { 1 << 32 }

    private static func tasks(in piece: RawSpan) -> Int? {
        let colon = piece.firstIndex(of: .colon)
        let step = colon.map { piece.extracting($0 + 1..<piece.byteCount).decimal } ?? 1
        let range = piece.extracting(0..<(colon ?? piece.byteCount))
        guard let step, step > 0 else { return nil }
        guard let dash = range.firstIndex(of: .minus) else { return range.decimal.map { _ in 1 } }
        guard let first = range.extracting(0..<dash).decimal,
            let last = range.extracting(dash + 1..<range.byteCount).decimal, last >= first
        else { return nil }
        return (last - first) / step + 1
    }
}
