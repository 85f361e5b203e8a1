/// Where the values of a record's members stand, from the record's start, in their order.
///
/// Made for two questions that are asked for each member that differs from the record before: which one is it, and
/// where do those behind it stand once it has grown.
///
/// Neighbours differ in much the same members again and again, so what is asked is guessed and then checked: a
/// processor that guesses the same goes on meanwhile with what comes of it.
struct MemberPlaces {
    /// Where each value ends.
    private var ends: [Int32] = []
    private var lengths: [Int32] = []
    /// For each member which one differed next when it did last; the first is that for the record's start.
    private var followers: [Int32] = [0]
    /// How much longer each value is than before.
    private var growths: [Int32] = []
    private var areGrown = false

    var count: Int { lengths.count }

    mutating func removeAll() {
        lengths.removeAll(keepingCapacity: true)
        growths.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        followers.removeSubrange(1...)
    }

    mutating func append(start: Int, end: Int) {
        ends.append(Int32(end))
        lengths.append(Int32(end - start))
        growths.append(0)
        followers.append(Int32(lengths.count))
    }

    /// Where a member's value starts and ends.
    @inline(__always)
    subscript(member: Int) -> (start: Int, end: Int) {
        let end = ends[member]
        return (Int(end &- lengths[member]), Int(end))
    }

    /// The first member behind another whose value ends at a place or behind it; `count` for none.
    ///
    /// A number that goes on where the one before ended differs at its end.
    ///
    /// - Parameter last: the member that differed before; -1 for none.
    @inline(__always)
    mutating func member(at place: Int, after last: Int) -> Int {
        let guess = Int(followers[last &+ 1])
        if guess < count {
            let (start, end) = self[guess]
            if start <= place, place <= end { return guess }
        }
        let member = search(for: place, from: last &+ 1)
        followers[last &+ 1] = Int32(truncatingIfNeeded: member)
        return member
    }

    private func search(for place: Int, from first: Int) -> Int {
        let place = Int32(truncatingIfNeeded: place)
        let ends = ends.span
        var member = first
        while member &+ 8 <= ends.count, ends[member &+ 7] < place { member &+= 8 }
        while member < ends.count, ends[member] < place { member &+= 1 }
        return member
    }

    /// Says that a value is longer or shorter now. The places stay as they are until `grow`.
    @inline(__always)
    mutating func note(length: Int, of member: Int) {
        let bytes = Int32(truncatingIfNeeded: length) &- lengths[member]
        guard bytes != 0 else { return }
        growths[member] = bytes
        areGrown = true
    }

    mutating func forgetGrowths() {
        guard areGrown else { return }
        growths.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
        areGrown = false
    }

    /// Moves all places by what was noted.
    mutating func grow() {
        guard areGrown else { return }
        let growths = growths
        for member in growths.indices { lengths[member] &+= growths[member] }
        var shift: Int32 = 0
        for member in growths.indices {
            shift &+= growths[member]
            ends[member] &+= shift
        }
    }
}
