import Slurm
import Testing

@testable import slurm_shard

struct EndedJobsWishTests {
    private var wishes = EndedJobsWishes()

    private static func question(_ from: Int64, _ to: Int64) -> EndedJobsQuestion {
        EndedJobsQuestion(from: Timestamp(from), to: Timestamp(to))
    }

    @Test mutating func nobodyWishedForAnything() {
        #expect(wishes.next(at: Timestamp(100)) == nil)
    }

    @Test mutating func whoIsFarthestBehindComesFirst() {
        for wish in [Self.question(50, 90), Self.question(10, 60), Self.question(40, 95)] { wishes.add(wish) }
        #expect(wishes.next(at: Timestamp(100)) == Self.question(10, 60))
    }

    @Test mutating func aWishHoldsUntilTheNextAndReachesAsFarAhead() {
        wishes.add(Self.question(10, 110))
        #expect(wishes.next(at: Timestamp(100)) == Self.question(10, 110))
        #expect(wishes.next(at: Timestamp(160)) == Self.question(10, 170))
        wishes.add(Self.question(70, 230))
        #expect(wishes.next(at: Timestamp(220)) == Self.question(70, 230))
    }
}
