import Compression

/// A body on its way to one client, as it is or compressed.
struct BodyStream: ~Copyable {
    private var compressor: GzipCompressor?

    init(isCompressed: Bool) {
        compressor = isCompressed ? GzipCompressor() : nil
    }

    /// - Returns: what can be sent by now.
    mutating func take(_ bytes: [UInt8]) -> [UInt8] {
        guard compressor != nil else { return bytes }
        var output: [UInt8] = []
        compressor?.write(bytes.span.bytes, into: &output)
        return output
    }

    consuming func end(with bytes: [UInt8] = []) -> [UInt8] {
        var output = take(bytes)
        compressor.take()?.finish(into: &output)
        return output
    }
}
