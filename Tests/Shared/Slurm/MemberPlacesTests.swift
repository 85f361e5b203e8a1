import ServiceRuntime
import Testing

@testable import Slurm

struct MemberPlacesTests {
    @Test(arguments: 0..<20)
    func movesAndFindsAsAPlainListDoes(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        var plain = PlainPlaces(count: Int.random(in: 1...200, using: &generator), using: &generator)
        var places = MemberPlaces()
        for place in plain.places { places.append(start: place.start, end: place.end) }
        for _ in 0..<50 {
            plain.grow(using: &generator) { places.note(length: $0, of: $1) }
            places.grow()
            #expect(plain.places.indices.allSatisfy { places[$0] == plain.places[$0] })
            places.forgetGrowths()
            let place = Int.random(in: 0...plain.places.last!.end + 5, using: &generator)
            let last = Int.random(in: -1..<plain.places.count, using: &generator)
            #expect(places.member(at: place, after: last) == plain.member(at: place, after: last))
        }
    }

    @Test func aGrowthThatIsForgottenMovesNothing() {
        var places = MemberPlaces()
        places.append(start: 5, end: 8)
        places.append(start: 12, end: 13)
        places.note(length: 30, of: 0)
        places.forgetGrowths()
        places.grow()
        #expect(places[0] == (5, 8))
        #expect(places[1] == (12, 13))
    }
}

/// The same without any cleverness.
private struct PlainPlaces {
    private(set) var places: [(start: Int, end: Int)] = []

    init(count: Int, using generator: inout SeededGenerator) {
        var end = 0
        for _ in 0..<count {
            let start = end + Int.random(in: 3...20, using: &generator)
            end = start + Int.random(in: 0...40, using: &generator)
            places.append((start, end))
        }
    }

    mutating func grow(using generator: inout SeededGenerator, _ note: (_ length: Int, _ member: Int) -> Void) {
        var shift = 0
        for member in places.indices {
            places[member].start += shift
            if Int.random(in: 0..<8, using: &generator) == 0 {
                let length = Int.random(in: 0...40, using: &generator)
                note(length, member)
                shift = places[member].start + length - places[member].end
            }
            places[member].end += shift
        }
    }

    func member(at place: Int, after last: Int) -> Int {
        places[(last + 1)...].firstIndex { $0.end >= place } ?? places.count
    }
}
