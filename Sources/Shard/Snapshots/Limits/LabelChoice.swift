public import Metrics

/// Which values of one label are shown by themselves.
///
/// The heaviest stay; by `choose` who is in stays until somebody outside weighs clearly more, so that values near the
/// limit don't come and go. The choice depends on nothing but the weights it has been shown.
///
/// All others become `other`. Where somebody is really called that, he is shown as `_other`, and `_other` as `__other`,
/// and so on: no value is mistaken for another.
public struct LabelChoice: Sendable {
    /// What stands for all values that are not shown by themselves.
    public static let rest = "other"

    /// How many times as heavy a newcomer must be.
    private static let advantage = 1.5

    let limit: Int
    public private(set) var kept: Set<String> = []

    /// - Parameter kept: those that are in from the beginning.
    public init(limit: Int, kept: some Sequence<String> = []) {
        self.limit = max(limit, 0)
        self.kept = Set(kept)
    }

    public mutating func choose(_ weights: [String: Double]) {
        let candidates = kept.union(weights.keys)
        guard candidates.count > limit else {
            kept = candidates
            return
        }
        let ranked = candidates.map { value in
            let isKept = kept.contains(value)
            let weight = weights[value, default: 0] * (isKept ? Self.advantage : 1)
            return Candidate(value: value, weight: weight, isKept: isKept)
        }
        kept = Set(ranked.sorted().prefix(limit).map(\.value))
    }

    /// Takes in the heaviest newcomers as long as there is room. Who is in stays, and who is turned away stays outside:
    /// so is it with what only ever grows, of which the rest must not shrink.
    public mutating func fill(_ weights: [String: Double]) {
        let newcomers = weights.filter { !kept.contains($0.key) }
            .map { Candidate(value: $0.key, weight: $0.value, isKept: false) }
        kept.formUnion(newcomers.sorted().prefix(max(limit - kept.count, 0)).map(\.value))
    }

    public func replacement(of value: String) -> LabelReplacement {
        guard kept.contains(value) else { return .merged(Self.rest) }
        return Self.isLikeRest(value) ? .renamed("_" + value) : .kept
    }

    static func isLikeRest(_ value: String) -> Bool {
        value.drop { $0 == "_" } == rest
    }

    private struct Candidate: Comparable {
        let value: String
        let weight: Double
        let isKept: Bool

        static func < (left: Self, right: Self) -> Bool {
            if left.weight != right.weight { return left.weight > right.weight }
            if left.isKept != right.isKept { return left.isKept }
            return left.value < right.value
        }
    }
}
