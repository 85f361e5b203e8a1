import Foundation
import SimulatedCluster
import Testing

@testable import SimulatedREST

struct DocumentTests {
    @Test(arguments: APIVersion.allCases)
    func everyAnswerHasItsLengthAndSaysTheSameInBothStyles(version: APIVersion) throws {
        for endpoint in Asking.endpoints {
            let pretty = try announced(Asking.answer(version, endpoint, style: .pretty))
            let compact = try announced(Asking.answer(version, endpoint, style: .compact))
            guard pretty.first == UInt8(ascii: "{") else { continue }
            #expect(compact == Self.withoutBlanks(pretty), "\(endpoint)")
            #expect(throws: Never.self, "\(endpoint)") { try Asking.parse(compact) }
        }
    }

    /// JSON without the blanks and line breaks between its tokens.
    private static func withoutBlanks(_ json: [UInt8]) -> [UInt8] {
        var isInString = false
        var isEscaped = false
        return json.filter { byte in
            defer { isEscaped = isInString && !isEscaped && byte == UInt8(ascii: "\\") }
            if byte == UInt8(ascii: "\""), !isEscaped { isInString.toggle() }
            return isInString || (byte != UInt8(ascii: " ") && byte != UInt8(ascii: "\n"))
        }
    }

    private func announced(_ answer: Answer) throws -> [UInt8] {
        let text = answer.body.text
        #expect(answer.body.measureRest() == text.count)
        return text
    }

    @Test(arguments: [Endpoint.jobs, .nodes, .diag, .shares, .accounting(.jobs)], [1, 100, 4096])
    func theSizeOfPiecesDoesNotMatter(endpoint: Endpoint, size: Int) {
        let body = Asking.answer(.v44, endpoint).body
        #expect(body.text(inPiecesOf: size) == body.text)
    }

    @Test func aPieceIsLongerThanAskedForByOneRecordAtMost() throws {
        var body = Asking.answer(.v44, .nodes).body
        let longest = try #require(
            Asking.list("nodes", .v44, .nodes).map { try JSONSerialization.data(withJSONObject: $0).count }.max())
        var isOpen = true
        while isOpen {
            var piece: [UInt8] = []
            isOpen = body.write(into: &piece, upTo: 1000)
            #expect(piece.count <= 1000 + longest + 100)
        }
    }

    @Test func aCopyOfABodyGoesOnFromTheSamePlace() {
        var body = Asking.answer(.v42, .jobs).body
        var start: [UInt8] = []
        _ = body.write(into: &start, upTo: 10_000)
        #expect(start + body.text == Asking.answer(.v42, .jobs).body.text)
        #expect(body.measureRest() == body.text.count)
    }

    @Test func slashesAndControlCharactersAreEscapedAndOtherBytesAreNot() {
        var writer = JSONWriter(Dialect(version: .v44, release: .v2511, style: .compact))
        writer.string { $0 += [0x2F, 0x5C, 0x22, 0x01, 0x1F, 0x08, 0x0A, 0x7F, 0xFF, 0xC3, 0xA9] }
        #expect(writer.bytes == Array(#""\/\\\"\u0001\u001f\b\n"#.utf8) + [0x7F, 0xFF, 0xC3, 0xA9, 0x22])
    }

    @Test(
        arguments: [
            (14.0, "14.0"), (47.8125, "47.8125"), (0.1, "0.10000000000000001"), (1e22, "1e+22"), (1e17, "1e+17"),
            (1e-7, "9.9999999999999995e-08"), (-2, "-2.0"), (0, "0.0"),
        ] as [(Double, String)])
    func fractionsAreWrittenAsJSONCWritesThem(value: Double, text: String) {
        var writer = JSONWriter(Dialect(version: .v41, release: .v2405, style: .compact))
        writer.double(value)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == text)
    }

    @Test(arguments: [(Release.v2411, "Infinity"), (.v2505, "1.8446744073709552e+19")])
    func infinityIsNoJSONUpTo24_11(release: Release, text: String) {
        var writer = JSONWriter(Dialect(version: .v41, release: release, style: .compact))
        writer.double(.infinity)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == text)
    }
}
