import Glibc

/// How long an answer is held back.
enum Latency: Hashable, Sendable {
    case fixed(Duration)
    case uniform(ClosedRange<Duration>)
    case exponential(mean: Duration)

    func draw(using random: inout some RandomNumberGenerator) -> Duration {
        switch self {
        case .fixed(let time): return time
        case .uniform(let range):
            return range.lowerBound + (range.upperBound - range.lowerBound) * Double.random(in: 0...1, using: &random)
        case .exponential(let mean): return mean * -log(1 - Double.random(in: 0..<1, using: &random))
        }
    }
}
