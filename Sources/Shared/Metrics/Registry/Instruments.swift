import Locks
import Synchronization

/// Events of this process, counted from any thread.
public final class Counter: Sendable {
    private let count = Atomic<Int>(0)

    init() {}

    public func increment(by amount: Int = 1) {
        precondition(amount >= 0, "a counter only grows")
        count.wrappingAdd(amount, ordering: .relaxed)
    }

    public var value: Int { count.load(ordering: .relaxed) }
}

/// A figure of this process that goes up and down, set from any thread.
public final class Gauge: Sendable {
    private let bits = Atomic<UInt64>(0)

    init() {}

    public func set(_ value: Double) {
        bits.store(value.bitPattern, ordering: .relaxed)
    }

    public func add(_ amount: Double) {
        var old = bits.load(ordering: .relaxed)
        while true {
            let new = (Double(bitPattern: old) + amount).bitPattern
            let (exchanged, current) = bits.weakCompareExchange(expected: old, desired: new, ordering: .relaxed)
            if exchanged { return }
            old = current
        }
    }

    public var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }
}

/// How values that this process observes are spread, told from any thread.
public final class Histogram: Sendable {
    private let distribution: Locked<Distribution>

    init(_ bounds: [Double]) {
        distribution = Locked(Distribution(bounds))
    }

    public func observe(_ value: Double) {
        distribution.withLock { $0.observe(value) }
    }

    /// Observes a duration in seconds.
    public func observe(_ duration: Duration) {
        distribution.withLock { $0.observe(duration) }
    }

    var cells: [Double] { distribution.withLock { $0.cells } }
}
