public import Metrics
import ServiceRuntime

/// Which build this is.
public enum BuildMetrics {
    private static let information = MetricFamily(
        "slurm_exporter_build_info", .info, help: "What this program was built from.",
        labels: ["version", "revision", "swiftversion", "arch"], merge: .union)

    public static func register(in registry: MetricRegistry) {
        registry.collect([information]) { tables in
            let build = BuildInformation.current
            _ = tables[0].row(build.version, build.commit, build.swift, build.architecture)
        }
    }
}
