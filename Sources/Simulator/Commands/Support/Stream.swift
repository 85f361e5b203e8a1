/// Bytes on their way to a sink, in pieces, so that an answer of any length takes little memory.
struct Stream {
    private static let pieceSize = 1 << 16

    var bytes: [UInt8] = []
    private let sink: ([UInt8]) -> Void

    init(_ sink: @escaping ([UInt8]) -> Void) {
        self.sink = sink
        bytes.reserveCapacity(2 * Self.pieceSize)
    }

    /// Ends a line, which is where a piece may end too.
    @inline(__always)
    mutating func endLine() {
        bytes.append(UInt8(ascii: "\n"))
        flushIfFull()
    }

    @inline(__always)
    mutating func flushIfFull() {
        if bytes.count >= Self.pieceSize { flush() }
    }

    mutating func print(_ line: String = "") {
        bytes.append(contentsOf: line.utf8)
        endLine()
    }

    mutating func flush() {
        guard !bytes.isEmpty else { return }
        sink(bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}
