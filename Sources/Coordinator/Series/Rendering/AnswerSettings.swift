/// What holds for all answers.
public struct AnswerSettings: Sendable, Equatable {
    /// Put on every series that has no such label; no selector sees them.
    public var externalLabels: [String: String]
    /// Whether each sample says when it was taken. A server that scrapes this then shows a series that has vanished for as
    /// long as it looks back.
    public var writesTimestamps: Bool

    public init(externalLabels: [String: String] = [:], writesTimestamps: Bool = false) {
        self.externalLabels = externalLabels
        self.writesTimestamps = writesTimestamps
    }
}
