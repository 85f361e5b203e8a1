/// Why there is no complete output of a program.
public struct CommandError: Error, Equatable, Sendable, CustomStringConvertible {
    public let kind: Kind
    /// For people; has the program, and none of its arguments.
    public let description: String

    public enum Kind: Equatable, Sendable {
        /// There is no such program.
        case missing
        /// It is there, and may not or can't be run.
        case unusable
        /// It took too long.
        case timeout
        /// It said too much.
        case tooLarge
        /// Nobody wants its output any more.
        case cancelled
        /// This host failed: no process, no descriptors, no thread.
        case local
    }
}
