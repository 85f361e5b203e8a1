import Metrics
import ServiceRuntime
import TestSupport
import Testing

@testable import Upstreams

/// How long whoever takes over from a process has to wait, should it die now.
struct QuietTests {
    @Test func aQuestionThatTakesLongerThanUsualMayTakeAsLongAsItIsWaitedFor() async throws {
        var samples: [Sample] = []
        let hasBoth = try await eventually {
            samples = try await samplesOfAQuestionThatHangs()
            return samples.contains(where: \.isEarly) && samples.contains(where: \.isLate)
        }
        #expect(hasBoth)
        for sample in samples where sample.isEarly {
            #expect(sample.quiet < sample.usual + .seconds(1))
        }
        for sample in samples where sample.isLate {
            #expect(sample.quiet + sample.elapsed.upperBound >= Self.patience)
        }
    }

    private static let patience = Duration.seconds(20)

    private func samplesOfAQuestionThatHangs() async throws -> [Sample] {
        let simulator = try await TestSimulator()
        let rig = try Rig([simulator.address], [.jobs], every: 0.2) {
            $0.rest.requestTimeoutSeconds = Self.patience / .seconds(1)
        }
        var samples: [Sample] = []
        _ = try await rig.run {
            // What the first one took is known once the second has been asked.
            guard rig.recorder.answers(.jobs).count >= 2 else { return false }
            try await simulator.cause("jobs latency=10")
            guard let sample = Sample(rig.upstream) else { return false }
            samples.append(sample)
            return sample.isLate
        }
        return samples
    }
}

/// What is said of a question that is under way.
private struct Sample {
    /// For how long it had been under way just before and just after.
    let elapsed: ClosedRange<Duration>
    /// How long it might be expected to take.
    let usual: Duration
    let quiet: Duration

    init?(_ upstream: Upstream) {
        guard let since = upstream.inFlight[.jobs] else { return nil }
        let before = since.duration(to: MonotonicClock.system.now)
        quiet = upstream.quietAfter()
        elapsed = before...since.duration(to: MonotonicClock.system.now)
        guard upstream.inFlight[.jobs] == since else { return nil }
        let last = upstream.status.feeds.first { $0.feed == "jobs" }?.lastDurationSeconds
        usual = Duration.seconds(1) + Duration.seconds(last ?? 0) * 2
    }

    var isEarly: Bool { elapsed.upperBound < usual }
    var isLate: Bool { elapsed.lowerBound > usual + .seconds(1) }
}
