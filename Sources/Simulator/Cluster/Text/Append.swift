extension [UInt8] {
    /// Appends ASCII text known at compile time without building a String.
    @inlinable @inline(__always)
    public mutating func append(ascii text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inlinable @inline(__always)
    public mutating func append(_ text: Text) {
        append(contentsOf: text.bytes)
    }

    /// Appends a number in decimal, with leading zeros up to a width.
    @inlinable
    public mutating func append(decimal number: some BinaryInteger, width: Int = 1) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var rest = UInt64(number.magnitude)
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var count = 0
        repeat {
            digits[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
            count += 1
        } while rest != 0
        for _ in count..<Swift.max(count, width) { append(UInt8(ascii: "0")) }
        while count > 0 {
            count -= 1
            append(digits[count])
        }
    }

    /// Appends items with a separator between them.
    @inlinable
    public mutating func append<Item>(
        _ items: some Sequence<Item>, separatedBy separator: UInt8 = UInt8(ascii: ","),
        _ appendItem: (Item, inout [UInt8]) -> Void
    ) {
        var isFirst = true
        for item in items {
            if !isFirst { append(separator) }
            isFirst = false
            appendItem(item, &self)
        }
    }
}
