/// Finds what somebody probably meant to type.
enum Nearest {
    /// The candidate that differs in spelling style only, or in at most a third of its characters.
    static func to(_ word: String, among candidates: some Sequence<String>) -> String? {
        guard word.utf8.count <= 80 else { return nil }
        let wanted = skeleton(word)
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let skeleton = skeleton(candidate)
            let limit = min(max(1, max(wanted.count, skeleton.count) / 3), (best?.distance ?? .max) - 1)
            guard abs(wanted.count - skeleton.count) <= limit else { continue }
            let distance = distance(wanted, skeleton)
            if distance <= limit { best = (candidate, distance) }
        }
        return best?.candidate
    }

    /// `maxWorkers`, `max-workers` and `MAX_WORKERS` are all `max_workers`.
    private static func skeleton(_ word: String) -> [UInt8] {
        word.lowercased().utf8.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") }
    }

    /// Damerau-Levenshtein in the variant that edits no part twice: insertions, deletions, replacements and swaps of
    /// neighbours.
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for i in 1...left.count {
            var row = [i]
            for j in 1...right.count {
                let replaced = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)
                var cost = min(last[j] + 1, row[j - 1] + 1, replaced)
                if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                    cost = min(cost, beforeLast[j - 2] + 1)
                }
                row.append(cost)
            }
            (beforeLast, last) = (last, row)
        }
        return last[right.count]
    }
}
