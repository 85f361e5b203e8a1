import ServiceRuntime

/// Documents with a few bytes changed, mostly to such that mean something.
enum Mutation {
    private static let alphabet = Array("ab_1{}\"\\\n =,#.\t\u{0}é-+eE:NI".utf8) + [0xFF, 0xC3, 0x0D]

    static func of(_ document: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
        var bytes = document
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let byte = Self.alphabet.randomElement(using: &random) ?? 0
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes.insert(byte, at: place)
            case 1 where place < bytes.count: bytes[place] = byte
            case 2 where place < bytes.count: bytes.remove(at: place)
            default: break
            }
        }
        return bytes
    }
}
