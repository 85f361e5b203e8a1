/// A release of Slurm: what a server is, beside the API versions that it offers.
public enum Release: Int, CaseIterable, Sendable {
    case v2205, v2302, v2311, v2405, v2411, v2505
    /// 25.11.0, whose slurmrestd has a fault of its own.
    case v25110
    case v2511, v2605, v2611

    /// Reads `25.11` or `25.11.0`; nothing for any other text.
    public init?(name: some StringProtocol) {
        guard let release = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = release
    }

    public var name: String { "\(major).\(minor)" + (self == .v25110 ? ".\(micro)" : "") }

    /// The API versions of its source tree, as far as the simulator knows them.
    public var versions: ClosedRange<APIVersion> {
        switch self {
        case .v2205: .v38 ... .v38
        case .v2302: .v38 ... .v39
        case .v2311: .v38 ... .v40
        case .v2405: .v39 ... .v41
        case .v2411: .v40 ... .v42
        case .v2505: .v40 ... .v43
        case .v25110, .v2511: .v41 ... .v44
        case .v2605: .v42 ... .v45
        case .v2611: .v43 ... .v46
        }
    }

    /// What a slurmrestd writes that nobody has configured otherwise.
    public var usualStyle: JSONStyle { self <= .v2411 ? .pretty : .compact }

    var major: String { ["22", "23", "23", "24", "24", "25", "25", "25", "26", "26"][rawValue] }
    var minor: String { ["05", "02", "11", "05", "11", "05", "11", "11", "05", "11"][rawValue] }
    var micro: String { ["8", "7", "10", "8", "6", "8", "0", "7", "3", "0"][rawValue] }
    /// As `meta` and `info.version` have it.
    var fullName: String { "\(major).\(minor).\(micro)" + (self == .v2611 ? "-0rc1" : "") }

    /// Slurm's protocol version, which clusters show as `rpc_version`.
    var protocolVersion: Int {
        [9728, 9984, 10240, 10496, 10752, 11008, 11264, 11264, 11520, 11776][rawValue]
    }
}

extension Release: Comparable {
    public static func < (left: Release, right: Release) -> Bool { left.rawValue < right.rawValue }
}
