/// What Slurm writes as `cpu=4,mem=62.50G,node=1,gres/gpu:a100=2`.
public struct Resources: Sendable, Equatable {
    /// By name; memory in bytes.
    public let amounts: [String: Double]

    public init(_ text: String) {
        amounts = Dictionary(
            text.split(separator: ",").compactMap { pair in
                let parts = pair.split(separator: "=", maxSplits: 1)
                return parts.count == 2 ? (String(parts[0]), Self.amount(parts[1], of: parts[0])) : nil
            }, uniquingKeysWith: +)
    }

    /// 0 for what isn't there.
    public subscript(name: String) -> Double { amounts[name] ?? 0 }

    public var processors: Double { self["cpu"] }
    public var memory: Double { self["mem"] }
    public var gpus: Double { self["gres/gpu"] }

    /// Slurm rounds memory to two digits of the largest unit.
    private static func amount(_ text: Substring, of name: Substring) -> Double {
        guard let unit = "KMGTPE".firstIndex(of: text.last ?? " ") else {
            return (Double(text) ?? 0) * (name == "mem" ? 1_048_576 : 1)
        }
        let power = "KMGTPE".distance(from: "KMGTPE".startIndex, to: unit) + 1
        let base: Double = name == "mem" ? 1_024 : 1_000
        return (Double(text.dropLast()) ?? 0) * (0..<power).reduce(1) { product, _ in product * base }
    }
}

/// What Slurm writes as `gpu:a100:2(IDX:0-1),gpu:t4:2(S:0)`.
enum Gres {
    static func counts(_ text: String) -> [String: Int] {
        let plain = text.replacing(/\([^)]*\)/, with: "")
        return Dictionary(
            plain.split(separator: ",").compactMap { entry in
                let parts = entry.split(separator: ":")
                return parts.last.flatMap { Int($0) }.map { (parts.dropLast().joined(separator: ":"), $0) }
            }, uniquingKeysWith: +)
    }
}
