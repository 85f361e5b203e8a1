import Slurm

/// Writes fields to bytes.
struct FieldWriter: FieldCarrier {
    private(set) var bytes: [UInt8] = []
    /// By a symbol's place: its number on the wire, which is 0 for one that hasn't been written yet.
    private var numbers: [UInt32] = [0]
    private var count: UInt32 = 0
    /// Symbols that this record was the first to use, in the order of their numbers.
    private(set) var fresh: [Symbol] = []

    mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        fresh.removeAll(keepingCapacity: true)
    }

    mutating func carry(_ number: inout UInt64) throws(RecordFormatError) {
        bytes.appendVarint(number)
    }

    mutating func carry(_ text: inout String) throws(RecordFormatError) {
        text.makeContiguousUTF8()
        bytes.appendVarint(UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    mutating func carry(_ symbol: inout Symbol) throws(RecordFormatError) {
        bytes.appendVarint(UInt64(number(of: symbol)))
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

extension [UInt8] {
    /// Seven bits a byte, the lowest first.
    @inline(__always)
    mutating func appendVarint(_ number: UInt64) {
        if number < 0x80 { append(UInt8(truncatingIfNeeded: number)) } else { appendLongVarint(number) }
    }

    @inline(never)
    private mutating func appendLongVarint(_ number: UInt64) {
        append(addingCapacity: 10) { out in
            var rest = number
            while rest >= 0x80 {
                out.append(UInt8(truncatingIfNeeded: rest) | 0x80)
                rest >>= 7
            }
            out.append(UInt8(truncatingIfNeeded: rest))
        }
    }
}
