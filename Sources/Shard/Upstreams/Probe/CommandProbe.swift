import Metrics
public import ServiceRuntime
import Slurm

/// Runs each of Slurm's commands once, and says what came of it.
public struct CommandProbe: Sendable {
    private let source: CommandSource
    private let clock: MonotonicClock
    private let wallClock: WallClock

    public init(
        _ settings: CommandSettings, logger: Logger, clock: MonotonicClock = .system, wallClock: WallClock = .system
    ) {
        source = CommandSource(settings, logger: logger, clock: clock) { _ in }
        self.clock = clock
        self.wallClock = wallClock
    }

    public func run() async -> Probe.Report {
        var report = Probe.Report(address: source.facts.address)
        for feed in Feed.allCases {
            let answer = await ask(feed)
            report.answers.append(answer)
            report.runningJobs = answer.runningJobs ?? report.runningJobs
        }
        return report
    }

    private func ask(_ feed: Feed) async -> Probe.FeedAnswer {
        var answer = Probe.FeedAnswer(feed: feed)
        let delivery = Delivery(feed, to: NoConsumer(), expectedTime: Timestamp(0))
        let began = clock.now
        do throws(UpstreamError) {
            let ask = Ask(feed: feed, timeout: nil, attempt: 0)
            let now = Timestamp(Int64(wallClock.now.seconds))
            let exchange = try await source.answer(ask, ended: nil, to: delivery, at: now)
            answer.bytes = exchange.bytes
            answer.records = exchange.received.answer.recordCount
            answer.release = exchange.received.answer.server.release
            answer.runningJobs = delivery.observer?.runningJobs
        } catch {
            answer.error = error
            answer.status = error.status
        }
        answer.duration = began.duration(to: clock.now)
        return answer
    }
}

private final class NoConsumer: GenerationConsumer, RecordSink {
    func begin(_ feed: Feed, expectedTime: Timestamp) -> any RecordSink { self }
    func end(_ feed: Feed, _ sink: any RecordSink, _ answer: Answered) async {}
    func fail(_ feed: Feed, _ sink: (any RecordSink)?, _ error: UpstreamError, after duration: Duration) {}
}
