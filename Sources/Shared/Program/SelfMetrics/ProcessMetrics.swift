public import Metrics
import ServiceRuntime

/// What the kernel says about this process, under the names that all Prometheus clients use, and about its control group.
public enum ProcessMetrics {
    private static let figures: [Figure<ProcessFigures>] = [
        Figure("process_cpu_seconds_total", .counter, "Processor time used, in user and in system mode.") { figures in
            figures.userSeconds.flatMap { user in figures.systemSeconds.map { user + $0 } }
        },
        Figure("process_resident_memory_bytes", .gauge, "Memory in use.", unit: "bytes") {
            $0.residentBytes.map { Double($0) }
        },
        Figure("process_resident_memory_max_bytes", .gauge, "The most memory that was in use.", unit: "bytes") {
            $0.peakResidentBytes.map { Double($0) }
        },
        Figure("process_virtual_memory_bytes", .gauge, "Address space in use.", unit: "bytes") {
            $0.virtualBytes.map { Double($0) }
        },
        Figure("process_open_fds", .gauge, "Open file descriptors.") { $0.openDescriptors.map { Double($0) } },
        Figure("process_max_fds", .gauge, "File descriptors that may be open.") {
            $0.descriptorLimit.map { Double($0) }
        },
        Figure("process_threads", .gauge, "Threads.") { $0.threads.map { Double($0) } },
        Figure("process_start_time_seconds", .gauge, "When the process started, as a Unix time.", unit: "seconds") {
            $0.startTime
        },
        Figure(
            "slurm_exporter_cgroup_memory_limit_bytes", .gauge,
            "The tightest memory limit of the control groups around this process.", unit: "bytes"
        ) { $0.memoryGroup?.limitBytes.map { Double($0) } },
        Figure(
            "slurm_exporter_cgroup_memory_usage_bytes", .gauge,
            "Memory of the control group that has this limit, page cache included.", unit: "bytes"
        ) { $0.memoryGroup?.usageBytes.map { Double($0) } },
        Figure(
            "slurm_exporter_cgroup_cpu_limit_cores", .gauge,
            "The tightest processor quota of the control groups around this process, in processors.", unit: "cores"
        ) { $0.cpuGroup?.cores },
        Figure(
            "slurm_exporter_cgroup_cpu_periods_total", .counter, "Periods in which the processor quota was enforced."
        ) { $0.cpuGroup?.periods.map { Double($0) } },
        Figure(
            "slurm_exporter_cgroup_cpu_throttled_periods_total", .counter,
            "Periods in which the control group had to wait because its quota was used up."
        ) { $0.cpuGroup?.throttledPeriods.map { Double($0) } },
        Figure(
            "slurm_exporter_cgroup_cpu_throttled_seconds_total", .counter,
            "Time for which the control group had to wait because its quota was used up."
        ) { $0.cpuGroup?.throttledSeconds },
    ]

    public static func register(in registry: MetricRegistry) {
        registry.collect(figures) { ProcessFigures.read() }
    }
}
