/// Why the store didn't do what it was asked. Whether a write took place all the same is unknown, unless it says so.
public struct LeaseFailure: Error, Equatable, Sendable {
    /// For metrics: one of a few.
    public enum Kind: String, CaseIterable, Sendable {
        /// Somebody else was writing for longer than the patience.
        case busy
        case full
        case readOnly = "read_only"
        case inputOutput = "io"
        /// What is there is no lease store.
        case corrupt
        /// The file is not the one that was opened.
        case replaced
        /// Written by a later release.
        case newer
        case missing
    }

    public let kind: Kind
    public let reason: String

    public init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }
}
