import ServiceRuntime
import Snapshots
import Upstreams

/// Makes room when the machine says that there is too little: sheds series near the memory limit, and asks Slurm less
/// often while the processor quota is used up.
struct PressureService: Service {
    let name = "pressure"
    private let workload: any Workload
    private let logger: Logger
    private let clock: MonotonicClock

    private static let interval = Duration.seconds(5)

    init(_ workload: any Workload, logger: Logger, clock: MonotonicClock = .system) {
        self.workload = workload
        self.logger = logger
        self.clock = clock
    }

    func start() async throws {}

    func run() async throws {
        var throttle: Throttle?
        while true {
            try await clock.sleep(until: clock.now.advanced(by: Self.interval))
            for snapshots in workload.shown { await snapshots.checkMemory() }
            await workload.otherPages.checkMemory()
            throttle = workload.throttleThreshold.map { throttle?.with(threshold: $0) ?? Throttle(threshold: $0) }
            let old = throttle?.slowdown ?? 1
            if let group = ProcessFigures.read().cpuGroup { _ = throttle?.observe(group) }
            let slowdown = throttle?.slowdown ?? 1
            if slowdown != old {
                logger.warning("the processor quota decides how often Slurm is asked", ["slowdown": .double(slowdown)])
            }
            for upstream in workload.upstreams where upstream.slowdown != slowdown { upstream.slowdown = slowdown }
        }
    }

    func stop(before deadline: MonotonicClock.Instant) async {}
}
