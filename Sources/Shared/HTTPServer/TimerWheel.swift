/// Times at which something wants to be looked at: adding one and passing time cost the same however many there are.
///
/// An entry cannot be taken back. Whoever is woken checks whether it is still due, and adds itself again if it is
/// later: most deadlines are moved far more often than they pass.
struct TimerWheel<ID> {
    typealias Instant = ContinuousClock.Instant

    private struct Entry {
        let id: ID
        let tick: Int
    }

    private let tickLength: Duration
    private let start: Instant
    private var slots: [[Entry]]
    private var passed = 0
    private var earliest: Int?

    init(start: Instant, tickLength: Duration = .milliseconds(50), slots: Int = 1024) {
        self.start = start
        self.tickLength = tickLength
        self.slots = Array(repeating: [], count: slots)
    }

    mutating func add(_ id: ID, at instant: Instant) {
        let tick = max(Int((start.duration(to: instant) / tickLength).rounded(.up)), passed + 1)
        slots[tick % slots.count].append(Entry(id: id, tick: tick))
        earliest = min(earliest ?? tick, tick)
    }

    /// A time before which nothing is due; nil if there is nothing at all.
    var next: Instant? {
        earliest.map { start + tickLength * $0 }
    }

    /// Hands out what is due, never before its time, at most one tick after it.
    mutating func advance(to now: Instant) -> [ID] {
        let tick = Int(start.duration(to: now) / tickLength)
        guard let earliest, tick >= earliest else { return [] }
        var due: [ID] = []
        for index in (passed + 1)...max(tick, passed + 1) where index <= passed + slots.count {
            let slot = index % slots.count
            guard !slots[slot].isEmpty else { continue }
            due += slots[slot].lazy.filter { $0.tick <= tick }.map(\.id)
            slots[slot].removeAll { $0.tick <= tick }
        }
        passed = max(tick, passed)
        self.earliest = firstOccupied()
        return due
    }

    /// The first slot with something in it: due then, or whole turns later.
    private func firstOccupied() -> Int? {
        ((passed + 1)...(passed + slots.count)).first { !slots[$0 % slots.count].isEmpty }
    }
}
