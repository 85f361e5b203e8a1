extension JobState {
    private enum Word { case base(Base), flag(Flags) }

    private static let words = WordTable<Word>(
        Base.allCases.filter { $0 != .unknown }.map { ($0.rawValue, .base($0)) }
            + Flags.names.map { ($0.name, .flag($0.flag)) })

    /// Takes a word of a state's into it: the first base state counts, and any flag.
    ///
    /// - Returns: whether the word is known.
    mutating func take(_ word: RawSpan) -> Bool {
        switch Self.words.value(of: word) {
        case .base(let base) where self.base == .unknown: self.base = base
        case .base: break
        case .flag(let flag): flags.insert(flag)
        case nil: return false
        }
        return true
    }
}

extension NodeState {
    private enum Word { case base(Base), flag(Flags) }

    private static let words = WordTable<Word>(
        Base.allCases.map { ($0.rawValue, .base($0)) } + Flags.names.map { ($0.name, .flag($0.flag)) })

    /// Takes a word of a state's into it: the first base state counts, and any flag.
    ///
    /// - Returns: whether the word is known.
    mutating func take(_ word: RawSpan) -> Bool {
        switch Self.words.value(of: word) {
        case .base(let base) where self.base == .unknown: self.base = base
        case .base: break
        case .flag(let flag): flags.insert(flag)
        case nil: return false
        }
        return true
    }
}
