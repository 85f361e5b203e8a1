extension Duration {
    /// Cut off below, clamped at 292 years.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        let (sum, overran) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
        return overran ? (seconds < 0 ? .min : .max) : sum
    }
}
