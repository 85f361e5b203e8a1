/// Where values come from.
public struct Origins: Sendable {
    private let byPath: [String: Origin]

    init(_ byPath: [String: Origin]) {
        self.byPath = byPath
    }

    /// - Parameter path: of a key, such as `fleet.slices[0].name`.
    /// - Returns: nil where no source gives it.
    public subscript(path: String) -> Origin? { byPath[path] }

    /// Whether anything in a section is given by other means than these variables.
    public func isGiven(in section: String, otherThanBy variables: Set<String>) -> Bool {
        byPath.contains { path, origin in
            guard path.hasPrefix(section + ".") else { return false }
            return if case .environment(let name) = origin { !variables.contains(name) } else { true }
        }
    }
}
