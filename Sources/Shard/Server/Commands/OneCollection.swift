import Glibc
import Metrics
import ServiceRuntime
import ShardSettings
import Snapshots
import Upstreams

/// Asks Slurm once and prints what `/metrics` would show: for the textfile collector, and for people.
struct OneCollection {
    private let settings: ShardSettings

    init(_ settings: ShardSettings) {
        self.settings = settings
    }

    /// - Returns: failure where any feed could not be had; what could be had is printed all the same.
    func run() async -> ExitCode {
        let log = Log(settings.log)
        let exporter = Exporter(settings, log: log)
        do {
            for upstream in exporter.upstreams { try await upstream.start() }
        } catch {
            log.logger("upstream").error("not started", ["error": .string("\(error)")])
            return .failure
        }
        await withDiscardingTaskGroup { group in
            for upstream in exporter.upstreams { group.addTask { await upstream.collectOnce() } }
        }
        let text = await exporter.snapshots.exposition(.text)
        guard StandardDescriptors.print(String(decoding: text, as: UTF8.self)) else { return .failure }
        return exporter.snapshots.states.allSatisfy(\.isUp) ? .success : .failure
    }
}
