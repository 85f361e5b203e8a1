import Slurm

/// Hands records on, and remembers of the few of a light feed what the upstream itself wants to know.
final class ObservingSink: RecordSink {
    private let sink: any RecordSink
    /// When Slurm made its figures.
    private(set) var requestTime: Timestamp?
    /// How many jobs run, by slurmctld's own count.
    private(set) var runningJobs: Int?
    private(set) var controllers = 0
    private(set) var controllersUp = 0

    init(_ sink: any RecordSink) {
        self.sink = sink
    }

    /// Whether every controller was asked in vain.
    var isControllerless: Bool { controllers > 0 && controllersUp == 0 }

    func take(_ controller: borrowing ControllerRecord, _ symbols: borrowing Symbols) {
        guard let isUp = controller.isUp else { return sink.take(controller, symbols) }
        controllers += 1
        if isUp { controllersUp += 1 }
        sink.take(controller, symbols)
    }

    func take(_ scheduler: borrowing SchedulerRecord, _ symbols: borrowing Symbols) {
        requestTime = scheduler.figures["req_time"].flatMap { Int64(exactly: $0.rounded()) }.map { Timestamp($0) }
        if requestTime?.isPlausible == false { requestTime = nil }
        runningJobs = scheduler.figures["jobs_running"].flatMap { Int(exactly: $0.rounded()) }
        sink.take(scheduler, symbols)
    }
}
