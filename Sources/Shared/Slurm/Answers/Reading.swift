/// What the reading of records needs besides their text, and what it finds on the way.
struct Reading {
    var symbols = Symbols()
    private(set) var oddities = Oddities()
    /// Of the record that is being read, by field: a record can be read in several goes, and a field that stays the same
    /// from one record to the next isn't read again.
    private var wrong: UInt64 = 0
    private var repaired: UInt64 = 0
    private var unknown: [(field: UInt64, word: Oddities.UnknownWord)] = []
    private var field: UInt64 = 0
    var scratch: [UInt8] = []

    /// Says which field is read next; what was found of it before is forgotten.
    @inline(__always)
    mutating func begin(_ field: UInt8) {
        self.field = 1 << UInt64(field)
        wrong &= ~self.field
        repaired &= ~self.field
        if !unknown.isEmpty { forgetUnknown() }
    }

    private mutating func forgetUnknown() {
        let field = field
        unknown.removeAll { $0.field == field }
    }

    /// A new record begins, of which nothing is kept.
    mutating func forgetRecord() {
        wrong = 0
        repaired = 0
        unknown.removeAll(keepingCapacity: true)
    }

    mutating func noteWrongType() { wrong |= field }
    mutating func noteRepaired() { repaired |= field }

    mutating func note(unknown kind: Oddities.Kind, _ word: RawSpan) {
        let kept = word.extracting(first: Swift.min(word.byteCount, Oddities.longestWord))
        unknown.append((field, Oddities.UnknownWord(kind, kept.repairedString.text)))
    }

    /// Something that every record has isn't there; counted under this word.
    mutating func note(missing kind: Oddities.Kind) {
        oddities.count(unknown: Oddities.UnknownWord(kind, "none"))
    }

    /// Counts what was found of a record.
    @inline(__always)
    mutating func countRecord(_ nameOfField: (Int) -> String) {
        if wrong | repaired != 0 || !unknown.isEmpty { countOddities(nameOfField) }
    }

    private mutating func countOddities(_ nameOfField: (Int) -> String) {
        var fields = wrong
        while fields != 0 {
            count(wrongType: nameOfField(fields.trailingZeroBitCount))
            fields &= fields - 1
        }
        oddities.count(repaired: repaired.nonzeroBitCount)
        for (_, word) in unknown { oddities.count(unknown: word) }
    }

    mutating func count(wrongType name: String) { oddities.count(wrongType: name) }
}
