/// A version of slurmrestd's API, such as `v0.0.44`.
public struct APIVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The last of the three numbers; the others have always been 0.
    public let number: Int

    public init(_ number: Int) {
        self.number = number
    }

    /// - Returns: nil for what isn't written like a version.
    public init?(_ text: String) {
        guard text.hasPrefix("v0.0."), let number = Int(text.dropFirst(5)), (1...999).contains(number) else { return nil }
        self.number = number
    }

    public var description: String { "v0.0.\(number)" }

    public static func < (left: APIVersion, right: APIVersion) -> Bool { left.number < right.number }

    /// Those that can be read, the newest first.
    public static let known = (38...46).reversed().map { APIVersion($0) }
}
