import CZlib

/// Decodes a gzip stream a bounded piece at a time, and knows whether it came to its end.
///
/// libcurl could decode on the way in, but it inflates all it has read even while the transfer is paused, up to 64 MB,
/// and takes a stream that is cut off for a whole one.
final class Inflater {
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private var input: [UInt8] = []
    private var position = 0
    private var progress = Progress.untouched

    private enum Progress {
        case untouched, inside, betweenMembers
    }

    struct Malformed: Error, Hashable {
        let reason: String
    }

    init() {
        stream.initialize(to: z_stream())
        let result = zlib_inflate_init(stream, Self.gzipWindow)
        precondition(result == Z_OK, "zlib can't start: \(result)")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Whether all that came makes up whole streams.
    var isComplete: Bool { progress != .inside }

    /// For when `inflate` has nothing left.
    func feed(_ bytes: [UInt8]) {
        input = bytes
        position = 0
    }

    /// - Returns: up to `maximum` bytes, none when it needs more to go on.
    func inflate(upTo maximum: Int) throws(Malformed) -> [UInt8] {
        while position < input.count || hasPendingOutput {
            let output = try step(upTo: maximum)
            if !output.isEmpty { return output }
        }
        return []
    }

    /// The last step filled its room, so that zlib may hold more.
    private var hasPendingOutput = false

    private func step(upTo maximum: Int) throws(Malformed) -> [UInt8] {
        if progress == .betweenMembers { inflateReset(stream) }
        progress = .inside
        var result = Z_OK
        let output = [UInt8](unsafeUninitializedCapacity: maximum) { room, count in
            count = inflate(into: room, &result)
        }
        hasPendingOutput = output.count == maximum && result == Z_OK
        switch result {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END: progress = .betweenMembers
        default: throw Malformed(reason: "the gzip stream is corrupt")
        }
        return output
    }

    private func inflate(into room: UnsafeMutableBufferPointer<UInt8>, _ result: inout Int32) -> Int {
        input.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress.map { $0 + position }
            stream.pointee.avail_in = UInt32(input.count - position)
            stream.pointee.next_out = room.baseAddress
            stream.pointee.avail_out = UInt32(room.count)
            result = CZlib.inflate(stream, Z_NO_FLUSH)
            position = input.count - Int(stream.pointee.avail_in)
            return room.count - Int(stream.pointee.avail_out)
        }
    }

    /// zlib.h: 15 bits of window, and 16 more for the gzip format.
    private static let gzipWindow: Int32 = 15 + 16
}
