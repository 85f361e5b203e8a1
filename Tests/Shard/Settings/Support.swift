import Collectors
import Configuration
import Metrics
import Testing

@testable import ShardSettings

/// Loads a text that is fine.
func load(
    _ text: String = "", environment: [String: String] = [:], flags: [FlagOccurrence] = [],
    families: KnownFamilies = KnownFamilies(Catalogue())
) throws -> Loaded<ShardSettings> {
    let file = ConfigurationFile(name: "shard.yaml", bytes: Array(text.utf8))
    return try ShardSettings.schema(families).load(file: file, environment: environment, flags: flags)
}

/// The settings of a text that gives no warning.
func settings(_ text: String = "", environment: [String: String] = [:]) throws -> ShardSettings {
    let loaded = try load(text, environment: environment)
    #expect(loaded.warnings.isEmpty, "\(loaded.warnings)")
    return loaded.settings
}

/// The lines of the errors of a text that is not fine.
func errors(
    _ text: String, environment: [String: String] = [:], flags: [FlagOccurrence] = [],
    families: KnownFamilies = KnownFamilies(Catalogue())
) -> [String] {
    do {
        _ = try load(text, environment: environment, flags: flags, families: families)
        return []
    } catch {
        return (error as? ConfigurationError)?.errors.map(\.description) ?? ["\(error)"]
    }
}

/// The lines of the warnings of a text that is fine.
func warnings(
    _ text: String = "", environment: [String: String] = [:], families: KnownFamilies = KnownFamilies(Catalogue())
) throws -> [String] {
    try load(text, environment: environment, families: families).warnings.map(\.description)
}

/// The lines of `check` that a source has set, without their margins.
func given(_ text: String) throws -> [String] {
    ShardSettings.effective(try load(text)).split(separator: "\n").filter { $0.contains("# shard.yaml:") }.map {
        $0.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
}

extension ShardSettings {
    /// The schedule of the first cluster, a line for each feed.
    var plan: [String] {
        schedule(of: clusters[0]).map { "\($0.feed) \($0.interval.asWritten) \($0.timeout.asWritten)" }
    }

    /// The same without what is asked less often: limits, shares and accounting.
    var controllerPlan: [String] {
        let feeds: [Feed] = [.jobs, .nodes, .partitions, .diag, .ping]
        return plan.filter { line in feeds.contains { line.hasPrefix("\($0) ") } }
    }
}
