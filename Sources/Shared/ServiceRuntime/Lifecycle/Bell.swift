/// Wakes one loop: rings while it is at work are one ring.
public final class Bell: Sendable {
    public let rings: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    public init() {
        (rings, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    public func ring() {
        continuation.yield()
    }

    /// Rings at a time, unless it is cancelled before.
    public func ring(at time: MonotonicClock.Instant, by clock: MonotonicClock) -> Task<Void, Never> {
        Task {
            do {
                try await clock.sleep(until: time)
                ring()
            } catch {}
        }
    }
}
