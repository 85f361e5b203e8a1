/// What the regular expressions of several selectors may take together, so that no request takes much time or memory.
public struct Allowance: Sendable {
    /// Of compiled expressions.
    private var instructions: Int

    /// Only what an index can look up, and so nothing that is compiled.
    public static let nothing = Allowance(instructions: 0)
    /// More than ten thousand names of nodes with a part that varies, or a few thousand short expressions: some tenths of a
    /// second.
    public static let request = Allowance(instructions: 500_000)

    /// What an expression takes however short it is.
    private static let least = 100

    var isSpent: Bool { instructions <= 0 }

    mutating func spend(_ size: Int) {
        instructions -= max(size, Self.least)
    }
}
