public import Metrics
public import ServiceRuntime

/// What the log has said.
public enum LogMetrics {
    private static let lines = MetricFamily(
        "slurm_exporter_log_lines_total", .counter, help: "Lines written to the log.", labels: ["level"], merge: .union)
    private static let figures: [Figure<LogCounts>] = [
        Figure(
            "slurm_exporter_log_lines_suppressed_total", .counter,
            "Lines held back because the same had been said too often."
        ) { Double($0.suppressed) },
        Figure("slurm_exporter_log_lines_lost_total", .counter, "Lines that standard error did not take.") {
            Double($0.lost)
        },
    ]

    public static func register(_ log: Log, in registry: MetricRegistry) {
        registry.collect([lines]) { tables in
            for (level, count) in log.counts.written { tables[0].set(Double(count), at: tables[0].row(level.rawValue)) }
        }
        registry.collect(figures) { log.counts }
    }
}
