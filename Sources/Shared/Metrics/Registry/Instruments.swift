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
    private let bounds: [Double]
    /// As `SeriesTable` takes them: each bucket by itself, then the sum.
    private let numbers: Locked<[Double]>

    init(_ bounds: [Double]) {
        self.bounds = bounds
        numbers = Locked(Array(repeating: 0, count: bounds.count + 2))
    }

    public func observe(_ value: Double) {
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        numbers.withLock {
            $0[bucket] += 1
            $0[bounds.count + 1] += value
        }
    }

    /// Observes a duration in seconds.
    public func observe(_ duration: Duration) {
        observe(duration / .seconds(1))
    }

    var cells: [Double] { numbers.withLock { $0 } }
}
