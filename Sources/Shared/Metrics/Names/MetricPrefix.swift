/// What a slice puts in place of `slurm_`, for example `slurm_jobs_`: a metric name that ends in `_`.
public struct MetricPrefix: Hashable, Sendable {
    public let text: String

    public init(validating text: String) throws(InvalidName) {
        guard NameGrammar.metric.accepts(text), text.utf8.last == UInt8(ascii: "_") else {
            throw InvalidName(.prefix, text)
        }
        self.text = text
    }
}

extension MetricPrefix: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) {
        do throws(InvalidName) { try self.init(validating: text) } catch { preconditionFailure("\(error)") }
    }
}

extension MetricName {
    /// The name under a slice's prefix, which stands in place of `slurm_`.
    ///
    /// Words at the seam that both sides say are said once, in the prefix's spelling; singular and plural are one word:
    /// `slurm_jobs_` and `slurm_job_wait_time_seconds` give `slurm_jobs_wait_time_seconds`. A process's own names
    /// (`slurm_exporter_`, `slurm_fleet_`) and names outside `slurm_` stay as they are.
    public func prefixed(by prefix: MetricPrefix) -> MetricName {
        guard text.hasPrefix("slurm_"), !Self.unprefixed.contains(where: text.hasPrefix) else { return self }
        let front = prefix.text.dropLast().split(separator: "_", omittingEmptySubsequences: false)
        let rest = text.dropFirst("slurm_".count).split(separator: "_", omittingEmptySubsequences: false)
        let words = front + rest.dropFirst(Self.overlap(of: front, with: rest))
        return MetricName(joined: words.joined(separator: "_"))
    }

    private static let unprefixed = ["slurm_exporter_", "slurm_fleet_"]

    /// How many of the first words of `rest` already end `front`.
    private static func overlap(of front: [Substring], with rest: [Substring]) -> Int {
        let longest = min(front.count, rest.count)
        return (1...longest).last { length in
            let ending = front.suffix(length)
            // A name's last word says what it is (`_total`, `_info`, a unit), so its spelling is not given up.
            guard length < rest.count || ending.last == rest.last else { return false }
            return zip(ending, rest).allSatisfy { singular($0) == singular($1) }
        } ?? 0
    }

    private static func singular(_ word: Substring) -> String {
        if word.hasSuffix("ies") { return word.dropLast(3) + "y" }
        return String(word.hasSuffix("s") && !word.hasSuffix("ss") ? word.dropLast() : word)
    }
}
