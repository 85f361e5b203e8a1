public import Configuration
public import ServiceRuntime

extension Section where Root: Sendable {
    /// The keys under `log`.
    public static func log(_ settings: any WritableKeyPath<Root, LogSettings> & Sendable) -> Section {
        Section("log", settings, "What is written to standard error.") {
            Setting(
                "level", \.level, .enumeration("log level"), "The least important lines that are written.",
                flag: "web.log-level")
            Setting("format", \.format, .enumeration("log format"), "How lines are written.")
            Setting(
                "levels", \.levels, .map(of: .enumeration("log level")),
                "Levels of single components, where they differ from `level`.")
        }
    }
}
