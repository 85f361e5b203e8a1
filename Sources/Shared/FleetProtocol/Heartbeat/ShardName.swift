/// What a shard may be called: as hosts, pods and addresses are. A name stands in paths, labels and terminals, so there is
/// nothing in it that means something there.
public enum ShardName {
    public static let limit = 128
    /// For people, after `write` and the like.
    public static let rule = "1 to \(limit) letters, digits, '.', '_', ':' and '-', the first a letter or a digit"

    public static func holds(_ text: String) -> Bool {
        guard let first = text.utf8.first, first.isLetterOrDigit, text.utf8.count <= limit else { return false }
        return text.utf8.allSatisfy { $0.isLetterOrDigit || "._:-".utf8.contains($0) }
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
