/// What the `flags` parameter asks for.
public struct ShowFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Hidden partitions too.
    public static let all = ShowFlags(rawValue: 1)
    /// Job resources, and what generic resources are in use.
    public static let detail = ShowFlags(rawValue: 1 << 1)
    /// Nodes that are allocated in part are MIXED, not ALLOCATED.
    public static let mixed = ShowFlags(rawValue: 1 << 2)
    public static let local = ShowFlags(rawValue: 1 << 3)
    public static let sibling = ShowFlags(rawValue: 1 << 4)
    public static let federation = ShowFlags(rawValue: 1 << 5)
    /// Nodes that are only planned.
    public static let future = ShowFlags(rawValue: 1 << 6)

    static let names: [(flag: ShowFlags, name: String)] = [
        (.all, "ALL"), (.detail, "DETAIL"), (.mixed, "MIXED"), (.local, "LOCAL"), (.sibling, "SIBLING"),
        (.federation, "FEDERATION"), (.future, "FUTURE"),
    ]

    /// Reads one name, in any case; a comma list is no name.
    init?(name: String) {
        let upper = name.uppercased()
        guard let known = Self.names.first(where: { $0.name == upper }) else { return nil }
        self = known.flag
    }
}
