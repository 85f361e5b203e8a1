/// Which names keep series of their own where only so many may.
///
/// Those that weigh most; who is in stays until somebody else weighs a quarter more, so that names don't come and go.
struct TopNames: Sendable {
    /// What stands for all others.
    static let other = "other"

    private let maximum: Int?
    private var kept: Set<String> = []

    init(_ maximum: Int?) {
        self.maximum = maximum
    }

    /// - Returns: the names that stay; nil for all.
    mutating func choose(_ weights: [String: Int]) -> Set<String>? {
        guard let maximum, weights.count > maximum else {
            kept = Set(weights.keys)
            return nil
        }
        let ranked = weights.map { (name: $0, weight: Double($1) * (kept.contains($0) ? 1.25 : 1)) }
            .sorted { $0.weight != $1.weight ? $0.weight > $1.weight : $0.name < $1.name }
        kept = Set(ranked.prefix(max(0, maximum)).map(\.name))
        return kept
    }
}
