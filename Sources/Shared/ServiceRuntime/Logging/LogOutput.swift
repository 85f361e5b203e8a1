/// Where lines go.
public protocol LogOutput: Sendable {
    /// Called from any thread; returns soon, whatever became of the other side.
    ///
    /// - Parameter line: ends with a newline and has no other.
    /// - Returns: whether the line went out whole.
    func write(_ line: [UInt8]) -> Bool
}
