/// Bytes that are appended to. What is written here are single numbers, a hundred times a record: an array asks for each
/// whether it is shared, and that took as long as all else.
struct GrowingBytes: ~Copyable {
    private var start: UnsafeMutableRawPointer
    private var capacity = 1 << 10
    private(set) var count = 0

    init() {
        start = .allocate(byteCount: capacity, alignment: 8)
    }

    deinit { start.deallocate() }

    mutating func clear() { count = 0 }

    func append(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: UnsafeRawBufferPointer(start: start, count: count))
    }

    @inline(__always)
    mutating func append(_ number: UInt64) {
        reserve(WireNumber.longest)
        if number < WireNumber.shortLimit {
            start.storeBytes(of: UInt8(truncatingIfNeeded: number), toByteOffset: count, as: UInt8.self)
            count &+= 1
        } else {
            appendLong(number)
        }
    }

    @inline(never)
    private mutating func appendLong(_ number: UInt64) {
        let (first, following) = WireNumber.head(number)
        start.storeBytes(of: first, toByteOffset: count, as: UInt8.self)
        start.storeBytes(of: number.littleEndian, toByteOffset: count &+ 1, as: UInt64.self)
        count &+= 1 &+ following
    }

    /// Its length, and then the text.
    mutating func append(_ text: inout String) {
        text.withUTF8 { bytes in
            append(UInt64(bytes.count))
            reserve(bytes.count)
            if let from = bytes.baseAddress { (start + count).copyMemory(from: from, byteCount: bytes.count) }
            count += bytes.count
        }
    }

    @inline(__always)
    private mutating func reserve(_ more: Int) {
        if capacity &- count < more { grow(more) }
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        capacity = max(2 * capacity, count + more)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
        larger.copyMemory(from: start, byteCount: count)
        start.deallocate()
        start = larger
    }
}
