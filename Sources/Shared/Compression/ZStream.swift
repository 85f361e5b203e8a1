import CZlib

/// What both directions have in common: zlib's state at an address that stays, since zlib points back at it.
///
/// Which of zlib's `…End` functions frees what hangs from the state is up to the owner.
struct ZStream: ~Copyable {
    /// The largest window, and 16 for the gzip wrapping.
    static let gzipWindow: Int32 = 15 + 16

    /// The same without any wrapping.
    static let rawWindow: Int32 = -15

    private static let chunk = 32 << 10

    let state: UnsafeMutablePointer<z_stream>

    init() {
        state = .allocate(capacity: 1)
        state.initialize(to: z_stream())
    }

    deinit {
        state.deallocate()
    }

    var hasInput: Bool { state.pointee.avail_in > 0 }

    /// Whether zlib may hold more output for the input that it has.
    var outputIsFull: Bool { state.pointee.avail_out == 0 }

    var message: String {
        state.pointee.msg.map { String(cString: $0) } ?? "unknown reason"
    }

    /// For calls that fail only without memory, or by a mistake of ours.
    func expect(_ code: Int32, is expected: Int32) {
        guard code == expected else { preconditionFailure("zlib returned \(code)") }
    }

    /// Makes the piece the state's input while the body runs, or as much of it as zlib can count.
    ///
    /// - Returns: how many bytes the body used.
    static func feed<E>(
        _ piece: RawSpan, to state: UnsafeMutablePointer<z_stream>, _ body: () throws(E) -> Void
    ) throws(E) -> Int {
        // zlib counts in 32 bits.
        try piece.extracting(first: Int(UInt32.max)).withUnsafeBytes { bytes throws(E) in
            // zlib doesn't write to its input, its header just doesn't say so.
            state.pointee.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: Bytef.self).baseAddress)
            state.pointee.avail_in = UInt32(bytes.count)
            defer {
                state.pointee.next_in = nil
                state.pointee.avail_in = 0
            }
            try body()
            return bytes.count - Int(state.pointee.avail_in)
        }
    }

    /// Takes all of a piece; appends what is ready.
    func deflate(_ piece: RawSpan, into output: inout [UInt8]) {
        var rest = piece
        while !rest.isEmpty {
            let used = Self.feed(rest, to: state) {
                repeat {
                    step(into: &output, capacity: .max) { CZlib.deflate($0, Z_NO_FLUSH) }
                } while outputIsFull
            }
            rest = rest.extracting(droppingFirst: used)
        }
    }

    /// Lets zlib append once, at most `capacity` bytes, into whatever room the output has or a new chunk.
    @discardableResult
    func step(
        into output: inout [UInt8], capacity: Int, _ function: (UnsafeMutablePointer<z_stream>) -> Int32
    ) -> Int32 {
        let room = min(max(output.capacity - output.count, Self.chunk), capacity, Int(UInt32.max))
        var code = Z_OK
        output.append(addingCapacity: room) { (span: inout OutputSpan<UInt8>) in
            span.withUnsafeMutableBufferPointer { buffer, count in
                state.pointee.next_out = buffer.baseAddress
                state.pointee.avail_out = UInt32(room)
                code = function(state)
                count = room - Int(state.pointee.avail_out)
                state.pointee.next_out = nil
            }
        }
        return code
    }
}
