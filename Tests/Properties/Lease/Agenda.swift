import Lease

/// What is to happen, in the order of true time, which is told in seconds.
struct Agenda {
    enum Event {
        /// A life ends with a crash: what was meant for it does not reach the next.
        case step(node: Int, life: Int)
        case apply(node: Int, life: Int, LeaseAttempt)
        case complete(node: Int, life: Int, LeaseAttempt, LeaseOutcome)
        case order(node: Int, life: Int)
        case delivery(Election.Term, shard: Int, from: Int)
        case answer(Election.Term, node: Int)
        case pause(node: Int, for: Double)
        case crash(node: Int, for: Double)
        /// In order; another life begins so much after this one is over.
        case resign(node: Int, for: Double)
        case departure(node: Int, life: Int, for: Double)
        case stepDown(node: Int)
        case setClock(node: Int, by: Double)
        case mishap(isLoss: Bool)
    }

    private struct Entry {
        let time: Double
        let number: Int
        let event: Event

        func precedes(_ other: Entry) -> Bool { (time, number) < (other.time, other.number) }
    }

    /// A heap.
    private var entries: [Entry] = []
    private var count = 0

    mutating func add(_ event: Event, at time: Double) {
        entries.append(Entry(time: time, number: count, event: event))
        count += 1
        var index = entries.count - 1
        while index > 0, case let parent = (index - 1) / 2, entries[index].precedes(entries[parent]) {
            entries.swapAt(index, parent)
            index = parent
        }
    }

    mutating func next() -> (time: Double, event: Event)? {
        guard let first = entries.first, let last = entries.popLast() else { return nil }
        if entries.isEmpty { return (first.time, first.event) }
        entries[0] = last
        var index = 0
        while true {
            let children = [2 * index + 1, 2 * index + 2].filter { $0 < entries.count }
            guard let least = children.min(by: { entries[$0].precedes(entries[$1]) }),
                entries[least].precedes(entries[index])
            else { break }
            entries.swapAt(index, least)
            index = least
        }
        return (first.time, first.event)
    }
}
