/// A release of Slurm, whose commands the simulator's answer like.
public enum Release: String, CaseIterable, Sendable {
    case v2205 = "22.05"
    case v2302 = "23.02"
    case v2311 = "23.11"
    case v2405 = "24.05"
    case v2411 = "24.11"
    case v2505 = "25.05"
    case v2511 = "25.11"
    case v2605 = "26.05"

    public static let oldest = v2205
    public static let newest = v2605

    /// The release of a version like "22.05" or "24.11.5"; nothing for one that isn't known.
    public init?(version: String) {
        self.init(rawValue: String(version.prefix(5)))
    }

    /// With the patch level, which is slurmrestd's, too.
    public var version: String {
        switch self {
        case .v2205: "22.05.8"
        case .v2302: "23.02.7"
        case .v2311: "23.11.10"
        case .v2405: "24.05.8"
        case .v2411: "24.11.6"
        case .v2505: "25.05.8"
        case .v2511: "25.11.7"
        case .v2605: "26.05.3"
        }
    }

    /// SLURM_PROTOCOL_VERSION, which sacctmgr shows as RPC.
    public var protocolVersion: Int {
        (38 + Self.allCases.distance(from: Self.allCases.startIndex, to: position)) << 8
    }

    private var position: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension Release: Comparable {
    public static func < (left: Release, right: Release) -> Bool { left.rawValue < right.rawValue }
}
