import Slurm

/// Reads fields from the bytes of one frame; what they announce is believed as far as there are bytes for it.
///
/// Pointers, because a record has a hundred numbers, and arrays would be counted and checked for each of them. It must not
/// outlive what it is lent.
struct FieldReader: FieldCarrier {
    static var isReading: Bool { true }

    private var place: UnsafeRawPointer
    private let end: UnsafeRawPointer
    /// By number on the wire.
    private let symbols: UnsafeBufferPointer<Symbol>

    /// - Parameter bytes: a frame's payload within memory that there is, so not without an address.
    init(_ bytes: UnsafeRawBufferPointer, symbols: UnsafeBufferPointer<Symbol> = .init(start: nil, count: 0)) {
        guard let start = bytes.baseAddress else { preconditionFailure("bytes without an address") }
        place = start
        end = start + bytes.count
        self.symbols = symbols
    }

    var isAtEnd: Bool { place == end }

    func finish() throws(RecordFormatError) {
        guard isAtEnd else { throw .malformed("a frame is longer than what is in it") }
    }

    private var count: Int { end - place }

    @inline(__always)
    mutating func carry(_ number: inout UInt64) throws(RecordFormatError) {
        guard place < end, case let first = place.load(as: UInt8.self), first < WireNumber.shortLimit else {
            return try carryLong(&number)
        }
        number = UInt64(first)
        place += 1
    }

    @inline(never)
    private mutating func carryLong(_ number: inout UInt64) throws(RecordFormatError) {
        guard let read = WireNumber.read(UnsafeRawBufferPointer(start: place, count: count)) else {
            throw .malformed("a frame ends within a number")
        }
        number = read.number
        place += read.count
    }

    mutating func carry(_ text: inout String) throws(RecordFormatError) {
        var length: UInt64 = 0
        try carry(&length)
        guard length <= UInt64(count) else { throw .malformed("a frame ends within a text") }
        text = String(decoding: UnsafeRawBufferPointer(start: place, count: Int(length)), as: UTF8.self)
        place += Int(length)
    }

    mutating func carry(_ symbol: inout Symbol) throws(RecordFormatError) {
        var number: UInt64 = 0
        try carry(&number)
        guard number < UInt64(symbols.count) else { throw .malformed("a name that wasn't given") }
        symbol = symbols[Int(number)]
    }

    /// An element takes a byte at least.
    func bound(_ elements: Int) throws(RecordFormatError) {
        guard elements <= count else { throw .malformed("a list has more elements than there are bytes") }
    }
}
