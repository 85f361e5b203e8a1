/// Times at which something wants to be looked at: setting one and passing time cost the same however many there are.
///
/// Each number has one time at most, and none once it is removed, so that who comes and goes leaves nothing behind. Whoever
/// is woken checks whether it is still due, and sets its time again if it is later: most deadlines are moved far more
/// often than they pass.
struct TimerWheel {
    typealias Instant = ContinuousClock.Instant

    private let tickLength: Duration
    private let start: Instant
    private let slotCount: Int
    private var slots: NumberLists
    /// By number; means something only while the number is in a slot.
    private var ticks: [Int] = []
    private var passed = 0
    private var earliest: Int?

    init(start: Instant, tickLength: Duration = .milliseconds(50), slots: Int = 1024) {
        self.start = start
        self.tickLength = tickLength
        slotCount = slots
        self.slots = NumberLists(count: slots)
    }

    /// Replaces the time that the number had.
    mutating func set(_ number: Int, at instant: Instant) {
        let tick = max(Int((start.duration(to: instant) / tickLength).rounded(.up)), passed + 1)
        while ticks.count <= number { ticks.append(0) }
        ticks[number] = tick
        slots.append(number, to: tick % slotCount)
        earliest = min(earliest ?? tick, tick)
    }

    mutating func remove(_ number: Int) {
        slots.remove(number)
    }

    /// A time before which nothing is due; nil if there is nothing at all.
    var next: Instant? {
        earliest.map { start + tickLength * $0 }
    }

    /// Hands out what is due, never before its time, at most one tick after it.
    mutating func advance(to now: Instant) -> [Int] {
        let tick = Int(start.duration(to: now) / tickLength)
        guard let earliest, tick >= earliest else { return [] }
        var due: [Int] = []
        for index in (passed + 1)...max(tick, passed + 1) where index <= passed + slotCount {
            due += slots.numbers(in: index % slotCount).filter { ticks[$0] <= tick }
        }
        for number in due { slots.remove(number) }
        passed = max(tick, passed)
        self.earliest = firstOccupied()
        return due
    }

    /// The first slot with something in it: due then, or whole turns later.
    private func firstOccupied() -> Int? {
        ((passed + 1)...(passed + slotCount)).first { slots.first(in: $0 % slotCount) != nil }
    }
}
