/// The names that a host list of Slurm's stands for: `cn[001-004,7],gpu1-ib[0-1]`.
///
/// Several brackets in a name stand for each combination, the last one changing fastest, as `scontrol show hostnames` has it.
public struct HostList: Sendable {
    /// More names than any cluster has nodes: text that claims more is no host list.
    static let most = 1 << 20

    public let names: [String]

    /// - Returns: nil for what is no host list.
    public init?(_ text: String) {
        var names: [String] = []
        for word in Self.words(of: text.utf8) {
            guard let expanded = Self.expand(word), names.count + expanded.count <= Self.most else { return nil }
            names += expanded
        }
        self.names = names
    }

    private typealias Text = Substring.UTF8View

    /// What stands between commas that are in no brackets.
    private static func words(of text: String.UTF8View) -> [Text] {
        var depth = 0
        return text.split { byte in
            if byte == UInt8(ascii: "[") { depth += 1 }
            if byte == UInt8(ascii: "]") { depth -= 1 }
            return byte == UInt8(ascii: ",") && depth == 0
        }
    }

    private static func expand(_ word: Text) -> [String]? {
        var names = [""]
        var rest = word
        while let open = rest.firstIndex(of: UInt8(ascii: "[")) {
            guard let close = rest[open...].firstIndex(of: UInt8(ascii: "]")) else { return nil }
            guard let numbers = numbers(of: rest[rest.index(after: open)..<close]) else { return nil }
            guard names.count * numbers.count <= most else { return nil }
            let lead = String(decoding: rest[..<open], as: UTF8.self)
            names = names.flatMap { name in numbers.map { name + lead + $0 } }
            rest = rest[rest.index(after: close)...]
        }
        guard !rest.contains(UInt8(ascii: "]")) else { return nil }
        let tail = String(decoding: rest, as: UTF8.self)
        return names.map { $0 + tail }
    }

    private static func numbers(of list: Text) -> [String]? {
        var numbers: [String] = []
        for range in list.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let ends = range.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
            guard ends.count <= 2, let first = number(ends[0]), let last = number(ends[ends.count - 1]) else {
                return nil
            }
            guard first <= last, last - first < most - numbers.count else { return nil }
            // As wide as the first one is written: 008-011.
            numbers += (first...last).map { padded($0, to: ends[0].count) }
        }
        return numbers
    }

    private static func number(_ text: Text) -> Int? {
        guard (1...9).contains(text.count) else { return nil }
        return text.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) ? Int(Substring(text)) : nil
    }

    private static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
