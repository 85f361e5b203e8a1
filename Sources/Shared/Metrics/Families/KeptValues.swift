/// Which values of one label are shown by themselves, where they are limited; all others are one.
public struct KeptValues: Hashable, Sendable {
    public var label: String
    /// In gauges: those that matter most at the moment.
    public var current: [String]
    /// In what only ever grows: for good.
    public var lasting: [String]

    public init(label: String, current: [String], lasting: [String]) {
        self.label = label
        self.current = current
        self.lasting = lasting
    }
}
