import Slurm

extension FuzzTarget {
    /// Any bytes are records and counted errors, the same ones however they are cut.
    static let decode = FuzzTarget(name: "decode") { input in
        // The first byte chooses the reader, the next two the cuts, the rest is the answer.
        let answer = Array(input.dropFirst(3))
        let sizes = input.dropFirst().prefix(2).map { Int($0) + 1 }
        switch input.first {
        case UInt8(ascii: "n"): check(NodesReader.self, answer, sizes)
        case UInt8(ascii: "p"): check(PartitionsReader.self, answer, sizes)
        case UInt8(ascii: "d"): check(SchedulerReader.self, answer, sizes)
        case UInt8(ascii: "c"): check(ControllersReader.self, answer, sizes)
        case UInt8(ascii: "a"): check(AccountedJobsReader.self, answer, sizes)
        case UInt8(ascii: "s"): check(SharesReader.self, answer, sizes)
        case UInt8(ascii: "q"): check(QOSReader.self, answer, sizes)
        case UInt8(ascii: "b"): check(DatabaseReader.self, answer, sizes)
        default: check(JobsReader.self, answer, sizes)
        }
    }

    private static func check<Reader: RecordReader>(_ type: Reader.Type, _ answer: [UInt8], _ sizes: [Int]) {
        let whole = Decoding(type, answer, sizes: [answer.count])
        precondition(Decoding(type, answer, sizes: sizes) == whole, "the pieces make a difference")
        precondition(Decoding(type, answer, sizes: [1]) == whole, "single bytes make a difference")
    }
}

/// The record as text, in which a dictionary has an order.
private func shown(_ record: Any) -> String {
    guard let scheduler = record as? SchedulerRecord else { return "\(record)" }
    let figures = scheduler.figures.sorted { $0.key < $1.key }
    return "\(figures) \(scheduler.callsByType) \(scheduler.callsByUser) \(scheduler.pendingCalls)"
}

/// All that comes of an answer.
private struct Decoding: Equatable {
    var records: [String] = []
    var names: [String] = []
    var end: Result<Answer, AnswerError>

    /// - Parameter sizes: of the pieces, over and over again.
    init<Reader: RecordReader>(_ type: Reader.Type, _ answer: [UInt8], sizes: [Int]) {
        var reader = Reader()
        var records: [String] = []
        end = Result { () throws(AnswerError) -> Answer in
            var start = 0
            var count = 0
            while start < answer.count {
                let end = min(start + (sizes.isEmpty ? 1 : sizes[count % sizes.count]), answer.count)
                try reader.consume(Array(answer[start..<end]).span.bytes) { record, _ in
                    records.append(shown(copy record))
                }
                start = end
                count += 1
            }
            return try reader.finish()
        }
        self.records = records
        // What was named in a record that turned out to be broken may have been seen already, or not.
        if case .success = end { names = reader.symbols.texts }
    }
}
