import Configuration
import Fleet

extension CoordinatorSettings {
    /// What a coordinator that serves needs besides good keys: a fleet that can be led, and something to show.
    static func examine(_ settings: CoordinatorSettings, _ origins: Origins) -> [Diagnostic] {
        if settings.leadsFleet { return FleetWork.problems(of: settings.fleet, origins) }
        return settings.isIdle ? [Diagnostic(.warning, at: .standard, "", Self.idleness)] : []
    }

    /// Whether there is nothing to lead and nothing to show.
    var isIdle: Bool { !leadsFleet && targets.isEmpty }

    static let idleness =
        "there is nothing to do: write fleet.configuration, the file of all shards' keys, or name federation.targets"
}
