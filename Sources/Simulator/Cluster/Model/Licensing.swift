public struct License: Sendable {
    public let name: Text
    public var total: Int
    /// Taken by running and suspended jobs.
    public var used = 0
    /// Kept by reservations.
    public var reserved = 0
    /// Counted by slurmdbd for several clusters.
    public var isRemote = false
    public var lastConsumed = 0
    public var lastDeficit = 0
    public var lastUpdate = Timestamp.never

    /// May be below zero on a cluster; never shown so.
    public var free: Int { max(0, total - used - reserved) }
}

public struct LicenseCount: Hashable, Sendable {
    public let license: Ref<License>
    public let count: Int
}

/// What one job asks for of each.
public typealias LicenseList = [LicenseCount]
