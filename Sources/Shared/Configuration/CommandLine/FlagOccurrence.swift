/// A flag as it was given on the command line.
public struct FlagOccurrence: Hashable, Sendable {
    /// Without dashes, in the spelling of its declaration.
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// A flag that sets a setting.
public struct Flag: Sendable {
    /// Without dashes; the first one is the preferred one.
    public var names: [String]
    public var isBoolean: Bool
    /// Whether giving it again adds to it.
    public var isRepeatable: Bool

    /// `web.enable_lifecycle` and `web.enable-lifecycle` are one flag.
    static func canonical(_ name: some StringProtocol) -> String {
        String(name.map { $0 == "_" ? "-" : $0 })
    }
}
