public import Metrics
import ServiceRuntime

/// What the kernel says about this process, under the names that all Prometheus clients use, and about its control group.
public enum ProcessMetrics {
    private struct Figure {
        let family: MetricFamily
        let read: @Sendable (ProcessFigures) -> Double?
    }

    private static let figures: [Figure] = [
        Figure(
            family: MetricFamily(
                "process_cpu_seconds_total", .counter, help: "Processor time used, in user and in system mode.",
                merge: .union)
        ) { figures in figures.userSeconds.flatMap { user in figures.systemSeconds.map { user + $0 } } },
        Figure(
            family: MetricFamily(
                "process_resident_memory_bytes", .gauge, help: "Memory in use.", unit: "bytes", merge: .union)
        ) { $0.residentBytes.map { Double($0) } },
        Figure(
            family: MetricFamily(
                "process_virtual_memory_bytes", .gauge, help: "Address space in use.", unit: "bytes", merge: .union)
        ) { $0.virtualBytes.map { Double($0) } },
        Figure(family: MetricFamily("process_open_fds", .gauge, help: "Open file descriptors.", merge: .union)) {
            $0.openDescriptors.map { Double($0) }
        },
        Figure(
            family: MetricFamily("process_max_fds", .gauge, help: "File descriptors that may be open.", merge: .union)
        ) { $0.descriptorLimit.map { Double($0) } },
        Figure(family: MetricFamily("process_threads", .gauge, help: "Threads.", merge: .union)) {
            $0.threads.map { Double($0) }
        },
        Figure(
            family: MetricFamily(
                "process_start_time_seconds", .gauge, help: "When the process started, as a Unix time.",
                unit: "seconds", merge: .union)
        ) { $0.startTime },
        Figure(
            family: MetricFamily(
                "slurm_exporter_cgroup_memory_limit_bytes", .gauge,
                help: "The tightest memory limit of the control groups around this process.", unit: "bytes",
                merge: .union)
        ) { $0.memoryGroup?.limitBytes.map { Double($0) } },
        Figure(
            family: MetricFamily(
                "slurm_exporter_cgroup_memory_usage_bytes", .gauge,
                help: "Memory of the control group that has this limit, page cache included.", unit: "bytes",
                merge: .union)
        ) { $0.memoryGroup?.usageBytes.map { Double($0) } },
        Figure(
            family: MetricFamily(
                "slurm_exporter_cgroup_cpu_limit_cores", .gauge,
                help: "The tightest processor quota of the control groups around this process, in processors.",
                unit: "cores", merge: .union)
        ) { $0.cpuGroup?.cores },
        Figure(
            family: MetricFamily(
                "slurm_exporter_cgroup_cpu_throttled_seconds_total", .counter,
                help: "Time for which this control group had to wait because its quota was used up.", merge: .union)
        ) { $0.cpuGroup?.throttledSeconds },
    ]

    public static func register(in registry: MetricRegistry) {
        for figure in figures {
            registry.collect(figure.family) { table in
                guard let value = figure.read(ProcessFigures.read()) else { return }
                table.set(value, at: table.row())
            }
        }
    }
}
