import Slurm

/// Takes fields of records one after the other, to bytes or from them: one description of a record serves both ways, and
/// so they can't differ.
protocol FieldCarrier: ~Copyable {
    /// Whether it sets what it carries; otherwise it leaves it as it is.
    static var isReading: Bool { get }
    mutating func carry(_ number: inout UInt64) throws(RecordFormatError)
    mutating func carry(_ text: inout String) throws(RecordFormatError)
    mutating func carry(_ symbol: inout Symbol) throws(RecordFormatError)
    /// How many elements there can be at most, where that many are announced.
    func bound(_ count: Int) throws(RecordFormatError)
}

extension FieldCarrier where Self: ~Copyable {
    @inline(__always)
    mutating func carry(_ value: inout Int) throws(RecordFormatError) {
        var number = UInt64(bitPattern: Int64(value << 1 ^ value >> (Int.bitWidth - 1)))
        try carry(&number)
        let bits = Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
        value = Int(bits)
    }

    @inline(__always)
    mutating func carry(_ value: inout UInt32) throws(RecordFormatError) {
        var number = UInt64(value)
        try carry(&number)
        guard let small = UInt32(exactly: number) else { throw .malformed("a number is too large") }
        value = small
    }

    /// Whole numbers have their bits in front, and take few bytes turned round.
    @inline(__always)
    mutating func carry(_ value: inout Double) throws(RecordFormatError) {
        var number = value.bitPattern.byteSwapped
        try carry(&number)
        value = Double(bitPattern: number.byteSwapped)
    }

    @inline(__always)
    mutating func carry(_ value: inout Bool) throws(RecordFormatError) {
        var number: UInt64 = value ? 1 : 0
        try carry(&number)
        guard number <= 1 else { throw .malformed("a truth is neither true nor false") }
        value = number == 1
    }

    @inline(__always)
    mutating func carry(_ time: inout Timestamp) throws(RecordFormatError) {
        var seconds = Int(time.seconds)
        try carry(&seconds)
        time = Timestamp(Int64(seconds))
    }

    @inline(__always)
    mutating func carry<Value>(
        _ value: inout Value?, blank: @autoclosure () -> Value,
        _ carryValue: (inout Value, inout Self) throws(RecordFormatError) -> Void
    ) throws(RecordFormatError) {
        var isThere = value != nil
        try carry(&isThere)
        guard isThere else {
            value = nil
            return
        }
        var content = value ?? blank()
        try carryValue(&content, &self)
        value = content
    }

    mutating func carry<Element>(
        _ elements: inout [Element], blank: @autoclosure () -> Element,
        _ carryElement: (inout Element, inout Self) throws(RecordFormatError) -> Void
    ) throws(RecordFormatError) {
        var count = elements.count
        try carry(&count)
        guard count >= 0 else { throw .malformed("a list has fewer elements than none") }
        try bound(count)
        guard Self.isReading else {
            for var element in elements { try carryElement(&element, &self) }
            return
        }
        var carried: [Element] = []
        carried.reserveCapacity(min(count, 64))
        for _ in 0..<count {
            var element = blank()
            try carryElement(&element, &self)
            carried.append(element)
        }
        elements = carried
    }

    mutating func carry(_ value: inout Int?) throws(RecordFormatError) {
        try carry(&value, blank: 0) { value, carrier throws(RecordFormatError) in try carrier.carry(&value) }
    }

    mutating func carry(_ value: inout UInt32?) throws(RecordFormatError) {
        try carry(&value, blank: 0) { value, carrier throws(RecordFormatError) in try carrier.carry(&value) }
    }

    mutating func carry(_ value: inout UInt64?) throws(RecordFormatError) {
        try carry(&value, blank: 0) { value, carrier throws(RecordFormatError) in try carrier.carry(&value) }
    }

    mutating func carry(_ value: inout Double?) throws(RecordFormatError) {
        try carry(&value, blank: 0) { value, carrier throws(RecordFormatError) in try carrier.carry(&value) }
    }

    mutating func carry(_ value: inout Bool?) throws(RecordFormatError) {
        try carry(&value, blank: false) { value, carrier throws(RecordFormatError) in try carrier.carry(&value) }
    }

    mutating func carry(_ time: inout Timestamp?) throws(RecordFormatError) {
        try carry(&time, blank: Timestamp(0)) { time, carrier throws(RecordFormatError) in try carrier.carry(&time) }
    }

    mutating func carry(_ symbols: inout [Symbol]) throws(RecordFormatError) {
        try carry(&symbols, blank: .empty) { symbol, carrier throws(RecordFormatError) in try carrier.carry(&symbol) }
    }

    /// One of a few words that are carried often, by its place among them.
    mutating func carry<Word: Equatable>(_ word: inout Word, of words: [Word]) throws(RecordFormatError) {
        guard Self.isReading else {
            guard var place = words.firstIndex(of: word) else { preconditionFailure("\(word) has no number") }
            return try carry(&place)
        }
        var place = 0
        try carry(&place)
        guard words.indices.contains(place) else { throw .malformed("\(place) is no \(Word.self)") }
        word = words[place]
    }

    /// One of a few words, by its text: an order of cases would be one of this release only.
    mutating func carry<Word: RawRepresentable<String>>(_ word: inout Word) throws(RecordFormatError) {
        var text = word.rawValue
        try carry(&text)
        guard let known = Word(rawValue: text) else { throw .malformed("'\(text)' is no \(Word.self)") }
        word = known
    }
}
