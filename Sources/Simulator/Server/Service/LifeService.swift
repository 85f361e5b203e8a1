import ServiceRuntime

/// Lets the cluster live.
struct LifeService: Service {
    let name = "life"
    let slurm: SimulatedSlurm
    let speed: Double
    let clock: MonotonicClock

    func start() async throws {}

    func run() async throws {
        var schedule = StepSchedule(stepSeconds: slurm.stepSeconds, speed: speed, from: clock.now)
        while true {
            try await clock.sleep(until: schedule.nextStep)
            let steps = schedule.due(at: clock.now)
            if steps > 0 { slurm.step(steps) }
        }
    }

    func stop(before deadline: MonotonicClock.Instant) async {}
}
