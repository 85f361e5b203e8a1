/// What each piece of work costs, as far as placement is concerned.
///
/// A measurement moves the smoothed cost a little, and the weight follows only once the two are clearly apart: noise moves
/// nothing.
struct Weights: Sendable {
    private struct Weight {
        var smoothed: Double
        var used: Double
    }

    private var weights: [Work: Weight] = [:]

    /// How much a new measurement counts.
    private static let share = 0.1
    /// How far the smoothed cost has to be off for the weight to follow.
    private static let tolerance = 0.25
    /// Seconds a minute: what has cost next to nothing so far counts all the same.
    private static let least = 0.01

    /// - Parameter cost: seconds of work a minute; what is no such number is passed over.
    mutating func observe(_ cost: Double, of work: Work) {
        guard cost.isFinite, cost >= 0 else { return }
        let cost = max(min(cost, 3600), Self.least)
        guard var weight = weights[work] else {
            weights[work] = Weight(smoothed: cost, used: cost)
            return
        }
        weight.smoothed += (cost - weight.smoothed) * Self.share
        if abs(weight.smoothed - weight.used) > weight.used * Self.tolerance { weight.used = weight.smoothed }
        weights[work] = weight
    }

    mutating func keep(only work: Set<Work>) {
        weights = weights.filter { work.contains($0.key) }
    }

    /// In milliseconds a minute. What was never measured weighs as much as the average.
    subscript(work: Work) -> Int { Self.integer(weights[work]?.used ?? average) }

    /// The same for many.
    func of(_ all: [Work]) -> [Int] {
        let average = average
        return all.map { Self.integer(weights[$0]?.used ?? average) }
    }

    private static func integer(_ weight: Double) -> Int { max(1, Int(weight * 1000)) }

    private var average: Double {
        weights.isEmpty ? Self.least : weights.values.map(\.used).sorted().reduce(0, +) / Double(weights.count)
    }
}
