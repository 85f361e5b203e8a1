/// A release of Slurm, whose commands the simulator's answer like.
public enum Release: String, CaseIterable, Sendable {
    case v22_05 = "22.05"
    case v23_02 = "23.02"
    case v23_11 = "23.11"
    case v24_05 = "24.05"
    case v24_11 = "24.11"
    case v25_05 = "25.05"
    case v25_11 = "25.11"
    case v26_05 = "26.05"

    public static let oldest = v22_05
    public static let newest = v26_05

    /// The release of a version like "22.05" or "24.11.5"; nothing for one that isn't known.
    public init?(version: String) {
        self.init(rawValue: String(version.prefix(5)))
    }

    /// With the patch level: the last one of a finished release, a recent one of the others.
    public var version: String {
        switch self {
        case .v22_05: "22.05.11"
        case .v23_02: "23.02.9"
        case .v23_11: "23.11.11"
        case .v24_05: "24.05.8"
        case .v24_11: "24.11.7"
        case .v25_05: "25.05.6"
        case .v25_11: "25.11.5"
        case .v26_05: "26.05.3"
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
