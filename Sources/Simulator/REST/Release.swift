/// A release of Slurm: what a server is, beside the API versions that it offers.
public enum Release: Int, CaseIterable, Sendable {
    case v22_05, v23_02, v23_11, v24_05, v24_11, v25_05, v25_11, v26_05, v26_11

    /// Reads `25.11`; nothing for any other text.
    public init?(name: some StringProtocol) {
        guard let release = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = release
    }

    public var name: String { "\(major).\(minor)" }

    /// The API versions of its source tree, as far as the simulator knows them.
    public var versions: ClosedRange<APIVersion> {
        switch self {
        case .v22_05: .v38 ... .v38
        case .v23_02: .v38 ... .v39
        case .v23_11: .v38 ... .v40
        case .v24_05: .v39 ... .v41
        case .v24_11: .v40 ... .v42
        case .v25_05: .v40 ... .v43
        case .v25_11: .v41 ... .v44
        case .v26_05: .v42 ... .v45
        case .v26_11: .v43 ... .v46
        }
    }

    /// What a slurmrestd writes that nobody has configured otherwise.
    public var usualStyle: JSONStyle { self <= .v24_11 ? .pretty : .compact }

    var major: String { ["22", "23", "23", "24", "24", "25", "25", "26", "26"][rawValue] }
    var minor: String { ["05", "02", "11", "05", "11", "05", "11", "05", "11"][rawValue] }
    var micro: String { ["8", "7", "10", "8", "6", "8", "7", "3", "0"][rawValue] }
    /// As `meta` and `info.version` have it.
    var fullName: String { "\(major).\(minor).\(micro)" + (self == .v26_11 ? "-0rc1" : "") }

    /// Slurm's protocol version, which clusters show as `rpc_version`.
    var protocolVersion: Int { [9728, 9984, 10240, 10496, 10752, 11008, 11264, 11520, 11776][rawValue] }
}

extension Release: Comparable {
    public static func < (left: Release, right: Release) -> Bool { left.rawValue < right.rawValue }
}
