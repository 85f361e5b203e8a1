import HTTPServer
import Metrics
import Program
import ServiceRuntime
import ShardSettings

/// What every shard serves and watches over, whether it works on its own or for a fleet.
struct ShardServices {
    let web: WebService
    private let pressure: PressureService

    init(
        _ workload: any Workload, _ registry: MetricRegistry, _ settings: ShardSettings, _ router: Router, log: Log
    ) {
        web = WebService(settings.web, responder: router, logger: log.logger("web"))
        pressure = PressureService(workload, logger: log.logger("pressure"))
        BuildMetrics.register(in: registry)
        ProcessMetrics.register(in: registry)
        LogMetrics.register(log, in: registry)
        web.register(in: registry)
    }

    /// In the order in which they start.
    var all: [any Service] { [web, pressure] }
}
