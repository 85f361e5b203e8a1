import ServiceRuntime
import Snapshots
import Upstreams

/// Makes room when the machine says that there is too little: sheds series near the memory limit, and asks Slurm less
/// often while the processor quota is used up.
struct PressureService: Service {
    let name = "pressure"
    private let exporter: Exporter
    private let throttleThreshold: Double?
    private let logger: Logger
    private let clock: MonotonicClock

    private static let interval = Duration.seconds(5)

    /// - Parameter throttleThreshold: nil where throttling is to change nothing.
    init(_ exporter: Exporter, throttleThreshold: Double?, logger: Logger, clock: MonotonicClock = .system) {
        self.exporter = exporter
        self.throttleThreshold = throttleThreshold
        self.logger = logger
        self.clock = clock
    }

    func start() async throws {}

    func run() async throws {
        var throttle = throttleThreshold.map { Throttle(threshold: $0) }
        while true {
            try await clock.sleep(until: clock.now.advanced(by: Self.interval))
            await exporter.snapshots.checkMemory()
            await exporter.compatibility.checkMemory()
            guard let group = ProcessFigures.read().cpuGroup, let old = throttle?.slowdown,
                let slowdown = throttle?.observe(group), slowdown != old
            else { continue }
            logger.warning("the processor quota decides how often Slurm is asked", ["slowdown": .double(slowdown)])
            for upstream in exporter.upstreams { upstream.slowdown = slowdown }
        }
    }

    func stop(before deadline: MonotonicClock.Instant) async {}
}
