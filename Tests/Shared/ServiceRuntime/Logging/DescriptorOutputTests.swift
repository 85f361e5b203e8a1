import CLinux
import Dispatch
import Glibc
import Locks
import ServiceRuntime
import TestSupport
import Testing

struct DescriptorOutputTests {
    @Test func linesOfManyThreadsStayWhole() async throws {
        let pipe = try Pipe()
        let log = Log(LogSettings(repeats: nil), output: DescriptorOutput(pipe.writer, patience: .seconds(300)))
        async let text = pipe.readToEndApart()
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<4 {
                let logger = log.logger("\(task)")
                // One that fits into a pipe's page and one that doesn't.
                let values = [100, 6_000].map { String(repeating: Character("\(task)"), count: $0) }
                group.addTask {
                    for line in 0..<50 { logger.info("m", ["v": .string(values[line % 2])]) }
                }
            }
        }
        pipe.closeWriter()
        let lines = await text.split(separator: "\n")
        #expect(lines.count == 200)
        for line in lines {
            let task = try #require(line.split(separator: "component=").last?.first)
            let value = try #require(line.split(separator: "v=").last)
            #expect([100, 6_000].contains(value.utf8.count) && value.utf8.allSatisfy { $0 == task.asciiValue })
        }
    }

    @Test func aReaderThatStoppedReadingCostsOneWait() throws {
        let pipe = try Pipe()
        let output = DescriptorOutput(pipe.writer, patience: .milliseconds(100))
        let line = [UInt8](repeating: UInt8(ascii: "x"), count: 999) + [UInt8(ascii: "\n")]
        let clock = ContinuousClock()
        var taken = 0
        while output.write(line) { taken += 1 }
        var more = 0
        let waited = clock.measure { for _ in 0..<1_000 where output.write(line) { more += 1 } }
        #expect(more == 0)
        #expect(waited < .seconds(20), "a thousand waits are a hundred seconds")
        pipe.drain()
        #expect(output.write(line))
        pipe.closeWriter()
        #expect(pipe.readToEnd().split(separator: "\n").allSatisfy { $0.count == 999 })
        #expect(taken >= 60)
    }

    @Test func aLineCutShortIsEndedBeforeTheNext() throws {
        let pipe = try Pipe()
        let output = DescriptorOutput(pipe.writer, patience: .zero)
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20) + [UInt8(ascii: "\n")]
        #expect(!output.write(long))
        let cut = pipe.drain()
        #expect(cut > 0)
        #expect(output.write(Array("next\n".utf8)))
        pipe.closeWriter()
        #expect(pipe.readToEnd() == "\nnext\n")
    }

    @Test func aReaderThatHasGoneEndsNothing() throws {
        let pipe = try Pipe()
        pipe.closeReader()
        let output = DescriptorOutput(pipe.writer)
        #expect(!output.write(Array("lost\n".utf8)))
        #expect(!output.write(Array("lost\n".utf8)))
    }

    @Test func aSocketThatIsFullDoesNotBlock() throws {
        var ends: [Int32] = [-1, -1]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0)
        defer { for end in ends { close(end) } }
        let output = DescriptorOutput(ends[1], patience: .milliseconds(10))
        let line = [UInt8](repeating: UInt8(ascii: "x"), count: 100_000) + [UInt8(ascii: "\n")]
        var taken = 0
        while taken < 1_000, output.write(line) { taken += 1 }
        #expect(taken < 1_000)
    }

    @Test func aClosedDescriptorTakesNothing() {
        #expect(!DescriptorOutput(1 << 20).write(Array("lost\n".utf8)))
    }

    @Test func aFileTakesEverything() throws {
        let directory = try TemporaryDirectory()
        let descriptor = open(directory.path("log"), O_CREAT | O_RDWR | O_APPEND, 0o600)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        let line = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20) + [UInt8(ascii: "\n")]
        #expect(DescriptorOutput(descriptor).write(line))
        #expect(lseek(descriptor, 0, SEEK_END) == line.count)
    }
}

private final class Pipe: Sendable {
    let writer: Int32
    private let reader: Int32
    private let isOpen = Locked((reader: true, writer: true))

    struct Failed: Error {}

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC) == 0 else { throw Failed() }
        (reader, writer) = (ends[0], ends[1])
    }

    deinit {
        closeReader()
        closeWriter()
    }

    func closeReader() {
        if isOpen.withLock({ exchange(&$0.reader) }) { close(reader) }
    }

    func closeWriter() {
        if isOpen.withLock({ exchange(&$0.writer) }) { close(writer) }
    }

    func readToEnd() -> String {
        var bytes: [UInt8] = []
        while let more = readSome(), !more.isEmpty { bytes += more }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// On a thread of its own, for writers that share the tasks' threads.
    func readToEndApart() async -> String {
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "reader").async { continuation.resume(returning: self.readToEnd()) }
        }
    }

    /// Takes what is there now.
    @discardableResult
    func drain() -> Int {
        var taken = 0
        var request = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
        while poll(&request, 1, 0) == 1, let more = readSome(), !more.isEmpty { taken += more.count }
        return taken
    }

    private func readSome() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = read(reader, &buffer, buffer.count)
        return count < 0 ? nil : Array(buffer.prefix(count))
    }

    private func exchange(_ flag: inout Bool) -> Bool {
        defer { flag = false }
        return flag
    }
}
