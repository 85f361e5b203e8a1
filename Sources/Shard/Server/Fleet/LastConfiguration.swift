import Configuration
import FleetProtocol
import ServiceRuntime
import ShardSettings

/// The configuration that a shard of a fleet goes by: the last one of its plans that held, be it of an earlier run.
struct LastConfiguration {
    struct InForce {
        let yaml: String
        let settings: ShardSettings
        /// Without secrets.
        let effective: String
        let longestQuestion: Duration?

        init(_ loaded: Loaded<ShardSettings>, yaml: String) {
            self.yaml = yaml
            settings = loaded.settings
            effective = ShardSettings.effective(loaded)
            longestQuestion = settings.longestQuestion
        }
    }

    /// Nil as long as none has held.
    private(set) var inForce: InForce?
    /// Why that of the last plan doesn't hold; nil where it is the one in force.
    private(set) var complaint: String?
    private let environment: [String: String]
    private let directory: String?
    private let logger: Logger
    private var kept: String?

    /// - Parameters:
    ///   - environment: what references to secrets are looked up in.
    ///   - directory: where it is kept for the next start; nil to keep none.
    init(environment: [String: String], in directory: String?, logger: Logger) {
        self.environment = environment
        self.directory = directory
        self.logger = logger
    }

    /// What holds, and what doesn't as comments.
    var shown: String {
        let notes = complaint?.split(separator: "\n").map { "# doesn't hold, so that the one before does: \($0)\n" }
        return (notes ?? []).joined() + (inForce?.effective ?? "")
    }

    /// One that doesn't hold leaves the one before in force.
    mutating func take(_ configuration: SharedConfiguration) {
        do throws(ConfigurationError) {
            try enforce(configuration.yaml, name: "the plan's configuration")
            complaint = nil
            keep()
        } catch {
            complaint = "\(error)"
            if inForce == nil { goBack() }
        }
    }

    private mutating func enforce(_ yaml: String, name: String) throws(ConfigurationError) {
        guard inForce?.yaml != yaml else { return }
        let file = ConfigurationFile(name: name, bytes: Array(yaml.utf8))
        let loaded = try ShardSettings.schema.load(file: file, environment: environment)
        inForce = InForce(loaded, yaml: yaml)
    }

    private var path: String? { directory.map { $0 + "/configuration.yaml" } }

    /// To what held in an earlier run.
    private mutating func goBack() {
        guard let path else { return }
        do {
            guard let bytes = try DurableFile.read(path, limit: ConfigurationFile.limit) else { return }
            let yaml = String(decoding: bytes, as: UTF8.self)
            try enforce(yaml, name: path)
            kept = yaml
        } catch {
            logger.error("the configuration that was kept is of no use", ["error": .string("\(error)")])
        }
    }

    private mutating func keep() {
        guard let directory, let path, let yaml = inForce?.yaml, kept != yaml else { return }
        do throws(FileError) {
            try DurableFile.makeDirectory(directory)
            try DurableFile.write(Array(yaml.utf8), to: path)
            kept = yaml
        } catch {
            logger.error("the configuration wasn't kept", ["error": .string("\(error)")])
        }
    }
}
