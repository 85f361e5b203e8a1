import Glibc
import SimulatedCluster

extension JSONWriter {
    mutating func null() { bytes.append(ascii: "null") }

    mutating func bool(_ value: Bool) { bytes.append(ascii: value ? "true" : "false") }

    mutating func integer(_ value: some BinaryInteger) { bytes.append(decimal: value) }

    /// As json-c: `%.17g`, `.0` after whole numbers.
    ///
    /// Infinity is a bare word, which is no JSON, up to release 24.11, and 2^64 from 25.05 on.
    mutating func double(_ value: Double) {
        if value.isNaN || value.isInfinite {
            nonFinite(value)
        } else if value == value.rounded(), value.magnitude < 1e15 {
            bytes.append(decimal: Int(value))
            bytes.append(ascii: ".0")
        } else {
            formatted(value)
        }
    }

    private mutating func nonFinite(_ value: Double) {
        switch (dialect.release >= .v2505, value.isNaN) {
        case (true, true): formatted(Double(UInt64.max - 1))
        case (true, false): formatted(Double(UInt64.max))
        case (false, true): bytes.append(ascii: "NaN")
        case (false, false): bytes.append(ascii: value < 0 ? "-Infinity" : "Infinity")
        }
    }

    private mutating func formatted(_ value: Double) {
        var buffer = InlineArray<32, CChar>(repeating: 0)
        var span = buffer.mutableSpan
        let length = span.withUnsafeMutableBufferPointer { text in
            withVaList([value]) { Int(vsnprintf(text.baseAddress, text.count, "%.17g", $0)) }
        }
        for index in 0..<length { bytes.append(UInt8(bitPattern: buffer[index])) }
    }

    mutating func ascii(_ text: StaticString) {
        bytes.append(UInt8(ascii: "\""))
        bytes.append(ascii: text)
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func text(_ text: Text) {
        string { $0.append(text) }
    }

    mutating func string(_ text: String) {
        string { $0.append(contentsOf: text.utf8) }
    }

    /// A string of whatever bytes are appended.
    @inline(__always)
    mutating func string(_ append: (inout [UInt8]) -> Void) {
        bytes.append(UInt8(ascii: "\""))
        let start = bytes.count
        append(&bytes)
        escape(from: start)
        bytes.append(UInt8(ascii: "\""))
    }
}
