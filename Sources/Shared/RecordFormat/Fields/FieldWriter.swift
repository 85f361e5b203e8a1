import Slurm

/// Writes fields to bytes.
struct FieldWriter: ~Copyable, FieldCarrier {
    static var isReading: Bool { false }

    private(set) var bytes = GrowingBytes()
    /// By a symbol's place: its number on the wire, which is 0 for one that hasn't been written yet.
    private var numbers: [UInt32] = [0]
    private var count: UInt32 = 0
    /// Symbols that this record was the first to use, in the order of their numbers.
    private(set) var fresh: [Symbol] = []

    mutating func clear() {
        bytes.clear()
        if !fresh.isEmpty { fresh.removeAll(keepingCapacity: true) }
    }

    @inline(__always)
    mutating func carry(_ number: inout UInt64) throws(RecordFormatError) {
        bytes.append(number)
    }

    mutating func carry(_ text: inout String) throws(RecordFormatError) {
        bytes.append(&text)
    }

    mutating func carry(_ symbol: inout Symbol) throws(RecordFormatError) {
        bytes.append(UInt64(number(of: symbol)))
    }

    func bound(_ count: Int) throws(RecordFormatError) {}

    private mutating func number(of symbol: Symbol) -> UInt32 {
        guard !symbol.isEmpty else { return 0 }
        if symbol.place >= numbers.count {
            numbers += Array(repeating: 0, count: symbol.place - numbers.count + 1 + numbers.count / 2)
        }
        if numbers[symbol.place] == 0 {
            count += 1
            numbers[symbol.place] = count
            fresh.append(symbol)
        }
        return numbers[symbol.place]
    }
}
