public import Configuration
public import Lease

/// How a coordinator shares the lead with others.
public struct AvailabilitySettings: Equatable, Sendable {
    public enum Mode: String, CaseIterable, Sendable {
        case primary, secondary
    }

    public var mode = Mode.primary
    /// Whether there may be others; one that is alone waits for nobody.
    public var isElected = true
    /// How old the copy may be that a standby keeps for the time when nobody leads.
    public var standbyInterval = Duration.seconds(10)
    public var leaseLifetime = Duration.seconds(10)
    /// Whether a primary that was well for a minute asks a secondary to hand over.
    public var failsBack = true
    /// The name under which it is known; nil for that of the host and the port.
    public var name: String?
    /// Where the others find it; nil for where it listens.
    public var url: String?

    public init() {}

    public var timing: LeaseTiming {
        guard let timing = LeaseTiming(lifetime: leaseLifetime, renewalInterval: leaseLifetime / 5) else {
            preconditionFailure("a fifth of the lifetime leaves time for renewals")
        }
        return timing
    }

    /// How much longer than a primary a secondary waits.
    var courtesy: Duration { mode == .secondary ? timing.renewalInterval / 2 : .zero }
}

extension Section where Root: Sendable {
    /// The keys under `ha`.
    public static func availability(
        _ settings: any WritableKeyPath<Root, AvailabilitySettings> & Sendable
    ) -> Section {
        Section(
            "ha", settings, "Several coordinators that share `fleet.store`: one leads, and the others are ready to."
        ) {
            Setting(
                "mode", \.mode, .enumeration("mode"),
                "Which of them is to lead where several could: a secondary lets a primary go first.",
                environment: "HA_MODE")
            Setting(
                "leader_election", \.isElected, .boolean,
                "Whether there may be other coordinators; without election this one takes the lead when it starts.",
                environment: "LEADER_ELECTION")
            Setting(
                "standby_interval", \.standbyInterval, .duration(in: .milliseconds(100)...),
                "How often at the latest a coordinator that doesn't lead renews its own copy of the fleet's series; when nobody leads it does so at once, and then every second.",
                environment: "STANDBY_INTERVAL")
            Setting(
                "lease_ttl", \.leaseLifetime, .duration(in: .milliseconds(500)...),
                "How long a leader may be silent before another one takes over; it renews its lease five times as often."
            )
            Setting(
                "failback", \.failsBack, .boolean,
                "Whether a primary that has been well for a minute takes over from a secondary, every ten minutes at most."
            )
            Setting(
                "name", \.name, .string, "The name of this coordinator, which no other may have.",
                unset: "host:port")
            Setting(
                "url", \.url, .string, "Where the other coordinators and people find it.",
                unset: "where it listens")
        }
    }
}
