import Slurm

/// All that a reader made of an answer.
struct Decoded<Record> {
    var records: [Record] = []
    var symbols = Symbols()
    var answer = Answer()

    init<Reader: RecordReader>(
        _ type: Reader.Type, _ text: [UInt8], chunk: Int = 64 << 10
    ) throws(AnswerError) where Reader.Record == Record {
        var reader = Reader()
        for start in stride(from: 0, to: text.count, by: chunk) {
            let piece = Array(text[start..<Swift.min(start + chunk, text.count)])
            try reader.consume(piece.span.bytes) { record, _ in records.append(copy record) }
        }
        answer = try reader.finish()
        symbols = reader.symbols
    }
}
