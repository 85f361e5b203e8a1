import Locks
public import Metrics
public import ServiceRuntime

/// What others have to know who might ask the same cluster next.
extension Upstream {
    /// Questions without an answer yet, and when they were asked.
    public var inFlight: [Feed: MonotonicClock.Instant] { state.withLock { $0.queue.asked } }

    /// Were this process to end now without a word: how long until Slurm has done with what it asked.
    ///
    /// - Parameter unseen: for how long nobody would know of a question that begins now.
    public func quietAfter(unseen: Duration = .seconds(3)) -> Duration {
        let now = clock.now
        return state.withLock { state in
            let timeout = Duration.seconds(state.settings.rest.requestTimeoutSeconds)
            let asked = state.queue.asked
            let bounds = state.queue.timetables.map { timetable -> Duration in
                let last = timetable.lastDuration
                let longest = timetable.schedule.timeout ?? timeout
                let bound = last == .zero ? longest : min(last * 2 + .seconds(1), longest)
                if let since = asked[timetable.feed] {
                    let elapsed = since.duration(to: now)
                    // What takes longer than it should may take as long as it is waited for.
                    return max((elapsed < bound ? bound : longest) - elapsed, .seconds(1))
                }
                return now.duration(to: timetable.due) <= unseen ? unseen + bound : .zero
            }
            let pause = state.queue.pausedUntil(now).map { now.duration(to: $0) } ?? .zero
            return max(bounds.max() ?? .zero, pause)
        }
    }

    /// About how many seconds of work a minute its answers make here; nil before the first.
    public var cost: Double? {
        state.withLock { state in
            let rates = state.queue.timetables.compactMap { timetable -> Double? in
                guard let bytes = state.figures.feeds[timetable.feed]?.bytes, bytes > 0 else { return nil }
                return Double(bytes) / max(state.queue.interval(of: timetable.feed) / .seconds(60), 0.01)
            }
            return rates.isEmpty ? nil : rates.reduce(0, +) / Self.bytesPerSecond
        }
    }

    /// What an answer is read and folded at, about.
    private static let bytesPerSecond = 200e6
}
