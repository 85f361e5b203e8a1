import Slurm

/// Reads fields from the bytes of one frame; what they announce is believed as far as there are bytes for it.
struct FieldReader: FieldCarrier {
    static var isReading: Bool { true }

    private let bytes: [UInt8]
    private var place: Int
    private let end: Int
    /// By number on the wire.
    private let symbols: [Symbol]

    init(_ bytes: [UInt8], _ range: Range<Int>, symbols: [Symbol]) {
        self.bytes = bytes
        self.symbols = symbols
        place = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { place == end }

    @inline(__always)
    mutating func carry(_ number: inout UInt64) throws(RecordFormatError) {
        guard place < end, bytes[place] < WireNumber.shortLimit else { return try carryLong(&number) }
        number = UInt64(bytes[place])
        place &+= 1
    }

    @inline(never)
    private mutating func carryLong(_ number: inout UInt64) throws(RecordFormatError) {
        guard let read = WireNumber.read(bytes, at: place), read.end <= end else {
            throw .malformed("a frame ends within a number")
        }
        (number, place) = read
    }

    mutating func carry(_ text: inout String) throws(RecordFormatError) {
        var count: UInt64 = 0
        try carry(&count)
        guard count <= UInt64(end - place) else { throw .malformed("a frame ends within a text") }
        let stop = place + Int(count)
        text = String(decoding: bytes[place..<stop], as: UTF8.self)
        place = stop
    }

    mutating func carry(_ symbol: inout Symbol) throws(RecordFormatError) {
        var number: UInt64 = 0
        try carry(&number)
        guard number < UInt64(symbols.count) else { throw .malformed("a name that wasn't given") }
        symbol = symbols[Int(number)]
    }

    /// An element takes a byte at least.
    func bound(_ count: Int) throws(RecordFormatError) {
        guard count <= end - place else { throw .malformed("a list has more elements than there are bytes") }
    }
}
