extension Duration {
    /// Spreads what many processes would otherwise do at the same moment.
    ///
    /// - Parameter fraction: between 0 and 1.
    /// - Returns: a duration drawn evenly from this one less the fraction to this one plus the fraction.
    public func jittered(by fraction: Double, using generator: inout some RandomNumberGenerator) -> Duration {
        precondition((0...1).contains(fraction), "jitter is a fraction between 0 and 1")
        return self + self * Double.random(in: -fraction...fraction, using: &generator)
    }
}
