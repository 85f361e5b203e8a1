import Glibc
import Slurm

/// - Returns: how many records there were.
func decode<Reader: RecordReader>(_ type: Reader.Type, _ source: some AnswerSource, chunk: Int) -> Int {
    var reader = Reader()
    do {
        try source.chunks(of: chunk) { text throws(AnswerError) in try reader.consume(text) { _, _ in } }
        return try reader.finish().recordCount ?? 0
    } catch {
        fatalError("\(error)")
    }
}

/// Where an answer comes from.
protocol AnswerSource {
    func chunks(of size: Int, _ body: (borrowing RawSpan) throws(AnswerError) -> Void) throws(AnswerError)
}

struct FileSource: AnswerSource {
    let path: String

    func chunks(of size: Int, _ body: (borrowing RawSpan) throws(AnswerError) -> Void) throws(AnswerError) {
        let file = open(path, O_RDONLY)
        guard file >= 0 else { fatalError("\(path) can't be opened") }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: size)
        while case let count = buffer.withUnsafeMutableBytes({ read(file, $0.baseAddress, $0.count) }), count > 0 {
            try body(buffer.span.bytes.extracting(first: count))
        }
    }
}

struct MemorySource: AnswerSource {
    private let bytes: [UInt8]

    init(path: String) {
        let file = open(path, O_RDONLY)
        var status = stat()
        guard file >= 0, fstat(file, &status) == 0 else { fatalError("\(path) can't be opened") }
        defer { close(file) }
        let size = Int(status.st_size)
        bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size, case let more = read(file, buffer.baseAddress! + count, size - count), more > 0 {
                count += more
            }
        }
    }

    func chunks(of size: Int, _ body: (borrowing RawSpan) throws(AnswerError) -> Void) throws(AnswerError) {
        for start in stride(from: 0, to: bytes.count, by: size) {
            try body(bytes.span.bytes.extracting(start..<min(start + size, bytes.count)))
        }
    }
}

func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func peakMemory() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss
}
