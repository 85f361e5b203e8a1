/// What Slurm writes as `c[1-3,7],g1`.
enum HostList {
    static func names(_ text: String) -> [String] {
        text.matches(of: /([^,\[\]]+)(?:\[([^\]]*)\])?/).flatMap { match -> [String] in
            guard let ranges = match.output.2 else { return [String(match.output.1)] }
            return ranges.split(separator: ",").flatMap(numbers).map { "\(match.output.1)\($0)" }
        }
    }

    /// With the zeros in front that the first has.
    private static func numbers(_ range: Substring) -> [String] {
        let ends = range.split(separator: "-")
        guard let first = Int(ends[0]), let last = Int(ends[ends.count - 1]), first <= last else { return [] }
        return (first...last).map { number in
            let digits = String(number)
            return String(repeating: "0", count: max(0, ends[0].count - digits.count)) + digits
        }
    }
}
