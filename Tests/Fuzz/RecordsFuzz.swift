import RecordFormat
import Slurm

extension FuzzTarget {
    /// Any bytes end in records or an error, the same in one piece or in many.
    static let records = FuzzTarget(name: "records") { input in
        func read(_ pieces: [[UInt8]]) -> (error: String?, records: Int) {
            var decoder = GenerationDecoder()
            let sink = Nobody()
            do throws(RecordFormatError) {
                for piece in pieces { try decoder.take(piece) { _ in sink } }
                try decoder.finish()
                return (nil, decoder.records)
            } catch {
                return (error.label, decoder.records)
            }
        }
        let whole = read([input])
        let bytes = read(input.map { [$0] })
        precondition(whole.error == nil ? bytes.records == whole.records : bytes.error != nil, "pieces matter")
    }
}

private final class Nobody: RecordSink {}
