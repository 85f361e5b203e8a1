import Exposition
import ExpositionProperties
import ServiceRuntime
import Testing

@Suite struct ChunkingTests {
    @Test(
        arguments: Documents.text.map { (ExpositionFormat.text, $0) } + Documents.openMetrics.map { (.openMetrics, $0) }
    )
    func noSplitMakesADifference(format: ExpositionFormat, document: String) {
        let bytes = Array(document.utf8)
        let whole = ExpositionParser.read([bytes[...]], format: format)
        for split in bytes.indices {
            #expect(ExpositionParser.read([bytes[..<split], bytes[split...]], format: format) == whole)
        }
        #expect(ExpositionParser.read(bytes.indices.map { bytes[$0...$0] }, format: format) == whole)
    }

    @Test(arguments: Documents.text)
    func noSplitMakesADifferenceToLimits(document: String) {
        let bytes = Array(document.utf8)
        for limit in 0..<12 {
            for limits in [ExpositionLimits(lineBytes: limit), ExpositionLimits(documentBytes: limit)] {
                let whole = ExpositionParser.read([bytes[...]], format: .text, limits: limits)
                let pieces = bytes.indices.map { bytes[$0...$0] }
                #expect(ExpositionParser.read(pieces, format: .text, limits: limits) == whole, "\(limits)")
            }
        }
    }

    @Test(arguments: 0..<8)
    func randomDocumentsInRandomPiecesAreTheSame(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let format = ExpositionFormat.allCases[seed % 2]
        let bytes = Array(RandomDocument.make(lines: 400, format: format, using: &random).utf8)
        let whole = try ExpositionParser.read([bytes[...]], format: format).get()
        #expect(whole.count > 300)
        var pieces: [ArraySlice<UInt8>] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let size = Int.random(in: 1...(seed < 4 ? 40 : 5000), using: &random)
            pieces.append(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        #expect(try ExpositionParser.read(pieces, format: format).get() == whole)
        #expect(try ExpositionParser.read(pieces, format: format, labels: .onDemand).get() == whole)
    }

    @Test func aLabelValueOfManyLinesTakesLinearTimeByteByByte() throws {
        let value = String(repeating: "\n", count: 100_000)
        let bytes = Array("a{b=\"\(value)\"} 1\n".utf8)
        var parser = ExpositionParser(format: .text)
        var samples = 0
        for byte in bytes {
            parser.append([byte])
            while try parser.next() != nil { samples += 1 }
        }
        parser.finish()
        while try parser.next() != nil { samples += 1 }
        #expect(samples == 1)
    }
}

enum RandomDocument {
    static func make(lines: Int, format: ExpositionFormat, using random: inout SeededGenerator) -> String {
        let body = (0..<lines).map { _ in line(format, using: &random) }.joined(separator: "\n")
        return body + (format == .text ? "\n" : "\n# EOF\n")
    }

    private static func line(_ format: ExpositionFormat, using random: inout SeededGenerator) -> String {
        switch Int.random(in: 0..<20, using: &random) {
        case 0: return "# HELP \(name(using: &random)) \(text(using: &random))"
        case 1: return "# TYPE \(name(using: &random)) gauge"
        case 2 where format == .text: return "# a comment {} \" 1"
        default:
            let labels = (0..<Int.random(in: 0..<9, using: &random)).map { "label\($0)=\"\(text(using: &random))\"" }
            let timestamp = Bool.random(using: &random) ? " \(Int.random(in: 0..<(1 << 40), using: &random))" : ""
            return
                "\(name(using: &random)){\(labels.joined(separator: ","))} \(Double.random(in: -1e9...1e9, using: &random))\(timestamp)"
        }
    }

    private static func name(using random: inout SeededGenerator) -> String {
        String(
            (0..<Int.random(in: 1..<30, using: &random)).map { _ in "abcXYZ_:".randomElement(using: &random) ?? "_" })
    }

    private static func text(using random: inout SeededGenerator) -> String {
        let pieces = ["\\\\", "\\\"", "\\n", "a", "bcdefghij", "é", "😀", "{", "}", "#", ",", "=", " ", "\t", "\u{0}"]
        return (0..<Int.random(in: 0..<12, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
            .joined()
    }
}
