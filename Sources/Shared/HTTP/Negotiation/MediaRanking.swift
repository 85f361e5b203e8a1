/// What an Accept header says about each of some media types.
struct MediaRanking {
    struct Match {
        let specificity: Int
        let quality: Quality
        /// Which element of the header it is.
        let order: Int
        let escaping: NameEscaping
    }

    /// For each type the element that decides about it.
    private(set) var matches: [Match?]
    /// Whether the header has no element that says anything.
    private(set) var isUnrestricted = true

    init(_ types: [MediaType], accept header: String) {
        matches = Array(repeating: nil, count: types.count)
        let bytes = header.utf8.span
        var list = FieldList()
        var order = 0
        while list.next(in: bytes) {
            guard let range = MediaRange(bytes, at: list.value), let quality = list.quality(in: bytes) else { continue }
            isUnrestricted = false
            for index in types.indices {
                guard let specificity = types[index].specificity(of: range, list, in: bytes) else { continue }
                if let match = matches[index], !match.yields(to: specificity, quality) { continue }
                let escaping = NameEscaping(list, in: bytes)
                matches[index] = Match(specificity: specificity, quality: quality, order: order, escaping: escaping)
            }
            order += 1
        }
    }

    /// The type to answer with.
    var best: Int? {
        var best: Int?
        for index in matches.indices {
            guard let match = matches[index], match.quality > .none else { continue }
            if let other = best.flatMap({ matches[$0] }), !match.beats(other) { continue }
            best = index
        }
        return best
    }
}

extension MediaRanking.Match {
    /// Whether another element of the header says more about the same type.
    fileprivate func yields(to specificity: Int, _ quality: Quality) -> Bool {
        specificity != self.specificity ? specificity > self.specificity : quality > self.quality
    }

    /// Whether its type is the better answer than another's.
    fileprivate func beats(_ other: Self) -> Bool {
        if quality != other.quality { return quality > other.quality }
        if isNamed != other.isNamed { return isNamed }
        return order < other.order
    }

    private var isNamed: Bool { specificity >= MediaType.namedSpecificity }
}

extension MediaType {
    fileprivate static let namedSpecificity = 2

    /// - Returns: nil if the range is for something else, 0 for `*/*`, 1 for `text/*`, and for `text/plain` 2 and one
    ///   more for each parameter that agrees.
    fileprivate func specificity(of range: MediaRange, _ list: FieldList, in bytes: Span<UInt8>) -> Int? {
        if bytes.has([.asterisk], at: range.subtype) {
            if bytes.has([.asterisk], at: range.type) { return 0 }
            return bytes.hasLowercased(type, at: range.type) ? 1 : nil
        }
        guard bytes.hasLowercased(subtype, at: range.subtype), bytes.hasLowercased(type, at: range.type) else {
            return nil
        }
        var specificity = Self.namedSpecificity
        for (name, value) in parameters {
            guard let wanted = list.parameter(name, in: bytes) else { continue }
            guard bytes.hasUnescapedLowercased(value, at: wanted) else { return nil }
            specificity += 1
        }
        return specificity
    }
}
