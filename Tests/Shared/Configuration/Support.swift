import Configuration
import Testing

/// Loads a text that is fine.
func load(
    _ text: String = "", environment: [String: String] = [:], flags: [FlagOccurrence] = []
) throws -> Loaded<Sample> {
    try sampleSchema.load(file: file(text), environment: environment, flags: flags)
}

/// The settings of a text that is fine.
func settings(
    _ text: String = "", environment: [String: String] = [:], flags: [FlagOccurrence] = []
) throws -> Sample {
    try load(text, environment: environment, flags: flags).settings
}

/// The lines of the errors of a text that is not fine.
func errors(
    _ text: String = "", environment: [String: String] = [:], flags: [FlagOccurrence] = []
) -> [String] {
    do throws(ConfigurationError) {
        _ = try sampleSchema.load(file: file(text), environment: environment, flags: flags)
        return []
    } catch {
        return error.errors.map(\.description)
    }
}

func file(_ text: String) -> ConfigurationFile {
    ConfigurationFile(name: "slurm.yaml", bytes: Array(text.utf8))
}
