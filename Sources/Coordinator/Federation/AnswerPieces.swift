import Compression
import FederatedSeries

/// A body piece by piece, as it is sent.
struct AnswerPieces: ~Copyable {
    private var rendering: Rendering
    private var compressor: GzipCompressor?

    init(_ rendering: Rendering, isCompressed: Bool) {
        self.rendering = rendering
        compressor = isCompressed ? GzipCompressor() : nil
    }

    /// - Returns: nil after the end; a piece can be empty.
    mutating func next() -> [UInt8]? {
        var compressed: [UInt8] = []
        guard let piece = rendering.next() else {
            guard let compressor = compressor.take() else { return nil }
            compressor.finish(into: &compressed)
            return compressed
        }
        guard compressor != nil else { return piece }
        compressor?.write(piece.span.bytes, into: &compressed)
        return compressed
    }
}
