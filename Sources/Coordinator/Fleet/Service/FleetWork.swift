import Collectors
public import Configuration
import FleetProtocol
import Glibc
import Slices
import Store

/// What is to be shared out: slices and clusters, as the configuration has them.
public struct FleetWork: Sendable {
    let configuration: SharedConfiguration
    let clusters: [String]
    let slices: [Slice]

    /// - Throws: why the configuration doesn't hold.
    public init(_ settings: FleetSettings) throws {
        let configuration = try ShardConfiguration(try ConfigurationFile(path: settings.configuration ?? ""))
        self.configuration = configuration.shared
        clusters = configuration.clusters
        slices = try Self.expansion(over: clusters).slices(of: try settings.declarations())
    }

    private static func expansion(over clusters: [String]) -> SliceExpansion {
        SliceExpansion(
            clusters: clusters,
            families: Catalogue().collectors.map { (collector: $0.name.rawValue, families: $0.families) })
    }
}

/// What is wrong with it, each with the place where to put it right.
extension FleetWork {
    public static func problems(of settings: FleetSettings, _ origins: Origins) -> [Diagnostic] {
        problemsOfFiles(of: settings, origins) + problemsOfStore(settings, origins)
    }

    /// What is missing may be there when the coordinator starts.
    private static func problemsOfStore(_ settings: FleetSettings, _ origins: Origins) -> [Diagnostic] {
        let origin = origins["fleet.store"] ?? .standard
        if StoreFile.isForeign(settings.store) {
            let text = "\(settings.store) is there and is no store: name another file, or move this one away"
            return [Diagnostic(at: origin, "fleet.store", text)]
        }
        let directory = settings.store.lastIndex(of: "/").map { String(settings.store[..<$0]) } ?? "."
        guard !directory.isEmpty, access(directory, W_OK) != 0 else { return [] }
        let reason = String(cString: strerror(errno))
        let text = "nothing can be kept in \(directory): \(reason)"
        return [Diagnostic(.warning, at: origin, "fleet.store", text)]
    }

    private static func problemsOfFiles(of settings: FleetSettings, _ origins: Origins) -> [Diagnostic] {
        let origin = origins["fleet.configuration"] ?? .standard
        let file: ConfigurationFile
        do throws(ConfigurationError) { file = try ConfigurationFile(path: settings.configuration ?? "") } catch {
            let unreadable = error.errors.map { Diagnostic(at: origin, "fleet.configuration", $0.text) }
            return unreadable + problems(of: settings, over: [], origins)
        }
        do throws(ConfigurationError) {
            return problems(of: settings, over: try ShardConfiguration(file).clusters, origins)
        } catch {
            return problems(of: settings, over: [], origins) + error.errors
        }
    }

    /// - Parameter clusters: none where they aren't known.
    private static func problems(
        of settings: FleetSettings, over clusters: [String], _ origins: Origins
    ) -> [Diagnostic] {
        do throws(SliceError) {
            let errors = expansion(over: clusters).problems(of: try settings.declarations())
            return errors.map { $0.diagnostic(in: settings, origins) }
        } catch {
            return [error.diagnostic(in: settings, origins)]
        }
    }
}
