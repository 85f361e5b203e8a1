public import Metrics
public import ServiceRuntime

/// What the log has said.
public enum LogMetrics {
    private static let lines = MetricFamily(
        "slurm_exporter_log_lines_total", .counter, help: "Lines written to the log.", labels: ["level"], merge: .union)
    private static let suppressed = MetricFamily(
        "slurm_exporter_log_lines_suppressed_total", .counter,
        help: "Lines held back because the same had been said too often.", merge: .union)
    private static let lost = MetricFamily(
        "slurm_exporter_log_lines_lost_total", .counter, help: "Lines that standard error did not take.", merge: .union)

    public static func register(_ log: Log, in registry: MetricRegistry) {
        registry.collect(lines) { table in
            for level in LogLevel.allCases {
                table.set(Double(log.counts.written[level] ?? 0), at: table.row(level.rawValue))
            }
        }
        registry.collect(suppressed) { $0.set(Double(log.counts.suppressed), at: $0.row()) }
        registry.collect(lost) { $0.set(Double(log.counts.lost), at: $0.row()) }
    }
}
