/// How metric and label names outside `[a-zA-Z0-9_:]` are to be written for a client.
public enum NameEscaping: String, Sendable {
    case allowUTF8 = "allow-utf-8"
    case underscores
    case dots
    case values

    private static let parameter = Array("escaping".utf8)
    private static let known: [(NameEscaping, [UInt8])] = [
        allowUTF8, underscores, dots, values,
    ].map { ($0, Array($0.rawValue.utf8)) }

    /// What the element asks for; what it doesn't say or says in unknown words is `underscores`.
    init(_ list: FieldList, in bytes: Span<UInt8>) {
        guard let range = list.parameter(Self.parameter, in: bytes) else {
            self = .underscores
            return
        }
        self = Self.known.first { bytes.has($0.1, at: range) }?.0 ?? .underscores
    }
}
