/// A version of slurmrestd's API, `v0.0.38` to `v0.0.46`.
public enum APIVersion: Int, CaseIterable, Sendable {
    case v38 = 38
    case v39, v40, v41, v42, v43, v44, v45, v46

    /// Reads `v0.0.44`; nothing for any other text.
    public init?(name: some StringProtocol) {
        guard let version = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = version
    }

    public var name: String { "v0.0.\(rawValue)" }

    /// The newest release that offers it.
    public var newestRelease: Release {
        Release.allCases.last { $0.versions.contains(self) } ?? .v2611
    }
}

extension APIVersion: Comparable {
    public static func < (left: APIVersion, right: APIVersion) -> Bool { left.rawValue < right.rawValue }
}

extension ClosedRange<APIVersion> {
    static var all: ClosedRange { .v38 ... .v46 }

    static func since(_ version: APIVersion) -> ClosedRange { version ... .v46 }
    static func upTo(_ version: APIVersion) -> ClosedRange { .v38...version }
    static func only(_ version: APIVersion) -> ClosedRange { version...version }
}
