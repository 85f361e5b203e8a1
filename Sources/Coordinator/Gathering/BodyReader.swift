import Compression
import Exposition
import FederatedSeries

/// Reads a body that comes in pieces, compressed or not, into a part.
struct BodyReader: ~Copyable {
    private var decompressor: GzipDecompressor?
    private var reader: PartReader
    private let limit: Int

    init(isCompressed: Bool, _ reader: PartReader, limit: Int) {
        decompressor = isCompressed ? GzipDecompressor(limit: limit) : nil
        self.reader = reader
        self.limit = limit
    }

    /// Gives way to others now and then.
    mutating func read(_ bytes: [UInt8]) async throws(ScrapeError) {
        guard decompressor != nil else {
            for start in stride(from: 0, to: bytes.count, by: Self.pieceSize) {
                try take(Array(bytes[start..<min(start + Self.pieceSize, bytes.count)]))
                await Task.yield()
            }
            return
        }
        var used = 0
        var piece: [UInt8] = []
        repeat {
            piece.removeAll(keepingCapacity: true)
            do throws(GzipError) {
                used += try decompressor!.write(
                    bytes.span.bytes.extracting(droppingFirst: used), upTo: Self.pieceSize, into: &piece)
            } catch {
                if case .tooLarge(let limit) = error { throw .tooLarge(limit: limit) }
                throw .compression(error)
            }
            try take(piece)
            await Task.yield()
        } while used < bytes.count || piece.count == Self.pieceSize
    }

    private mutating func take(_ piece: [UInt8]) throws(ScrapeError) {
        do throws(ExpositionError) { try reader.read(piece) } catch {
            if error.reason == .documentBytes { throw .tooLarge(limit: limit) }
            throw .document(error)
        }
    }

    consuming func finish() throws(ScrapeError) -> (part: SeriesPart, layout: PartLayout, samples: Int) {
        do throws(GzipError) { try decompressor.take()?.finish() } catch { throw .compression(error) }
        let samples = reader.samples
        do throws(ExpositionError) {
            let (part, layout) = try reader.finish()
            return (part, layout, samples)
        } catch { throw .document(error) }
    }

    private static let pieceSize = 256 << 10
}
