/// Changes values of a JSON text while it passes by in pieces, wherever those are cut.
struct JSONRewriter: Sendable {
    private enum Mode {
        case between, string, escape, number
    }

    private let rewriting: FaultEffect.Rewriting
    private var mode = Mode.between
    /// A string or number whose end, or whose meaning as a key or a value, is not known yet.
    private var token: [UInt8] = []
    private var key: [UInt8] = []
    /// How many values there were that could have been changed.
    private var eligible = 0
    /// The last byte that is no white space.
    private var last: UInt8 = 0

    init(_ rewriting: FaultEffect.Rewriting) {
        self.rewriting = rewriting
    }

    mutating func rewrite(_ piece: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(piece.count + piece.count / 8)
        for byte in piece { take(byte, &output) }
        return output
    }

    private mutating func take(_ byte: UInt8, _ output: inout [UInt8]) {
        switch mode {
        case .string:
            token.append(byte)
            if byte == UInt8(ascii: "\\") { mode = .escape }
            if byte == UInt8(ascii: "\"") { mode = .between }
        case .escape:
            token.append(byte)
            mode = .string
        case .number where isNumeric(byte): token.append(byte)
        case .number, .between: takeStructure(byte, &output)
        }
    }

    private mutating func takeStructure(_ byte: UInt8, _ output: inout [UInt8]) {
        if !token.isEmpty { finishToken(isKey: byte == UInt8(ascii: ":"), &output) }
        mode = .between
        switch byte {
        case UInt8(ascii: "\""):
            token = [byte]
            mode = .string
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            token = [byte]
            mode = .number
        case UInt8(ascii: "}"):
            if rewriting == .unknownFields, last != UInt8(ascii: "{") { output += Self.unknownField }
            output.append(byte)
        default: output.append(byte)
        }
        if byte > UInt8(ascii: " ") { last = byte }
    }

    private mutating func finishToken(isKey: Bool, _ output: inout [UInt8]) {
        if isKey {
            key = token
            output += token
        } else {
            output += replacement()
        }
        token.removeAll(keepingCapacity: true)
    }

    private mutating func replacement() -> [UInt8] {
        let isNumber = token.first != UInt8(ascii: "\"")
        switch rewriting {
        case .infinity: return isNumber && isTurn(ofEvery: 50) ? Array("Infinity".utf8) : token
        case .wrongTypes where isTurn(ofEvery: 20):
            return isNumber ? Array("\"seven\"".utf8) : Array("{\"a\":[1]}".utf8)
        case .unknownStates: return !isNumber && Self.isState(key) ? Array("\"BEWITCHED\"".utf8) : token
        case .wrongTypes, .unknownFields: return token
        }
    }

    /// The first value is always changed: an answer may have few.
    private mutating func isTurn(ofEvery count: Int) -> Bool {
        defer { eligible += 1 }
        return eligible % count == 0
    }

    private func isNumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"),
            UInt8(ascii: "+"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private static func isState(_ key: [UInt8]) -> Bool {
        ["\"job_state\"", "\"state\"", "\"state_flags\""].contains { key.elementsEqual($0.utf8) }
    }

    private static let unknownField = Array(#","field_of_the_future":{"set":true,"list":[1,"two",null]}"#.utf8)
}
