import ServiceRuntime
import Testing

@testable import Fleet

/// The register's one row of a name, and those that look at it four times a second.
struct NameClaimTests {
    private struct Claimant {
        let name: String
        var claim = NameClaim()
    }

    private static func instant(_ quarters: Int) -> MonotonicClock.Instant {
        MonotonicClock.Instant(sinceOrigin: .seconds(100) + .milliseconds(250) * quarters)
    }

    /// - Returns: how often it wrote.
    private func look(_ claimant: inout Claimant, _ row: inout String?, _ quarters: Range<Int>) -> Int {
        quarters.count { quarter in
            guard claimant.claim.look(isOurs: row == claimant.name, at: Self.instant(quarter)) else { return false }
            row = claimant.name
            claimant.claim.noteEntry(at: Self.instant(quarter))
            return true
        }
    }

    @Test func anOlderCopyOfTheStoreIsNoNamesake() {
        var (claimant, row) = (Claimant(name: "a"), String?.none)
        #expect(look(&claimant, &row, 0..<100) == 1)
        for start in [100, 1000] {
            row = "an earlier process"
            #expect(look(&claimant, &row, start..<start + 4) == 1)
            #expect(!claimant.claim.isContested && row == "a")
        }
    }

    @Test func whoWritesAgainAndAgainIsOneUntilItIsGone() {
        var (first, second, row) = (Claimant(name: "a"), Claimant(name: "b"), String?.none)
        var writes = look(&first, &row, 0..<40)
        for quarter in 40..<640 {
            writes += look(&first, &row, quarter..<quarter + 1) + look(&second, &row, quarter..<quarter + 1)
            if quarter >= 120 { #expect(first.claim.isContested && second.claim.isContested, "\(quarter)") }
        }
        #expect(writes < 50)
        _ = look(&first, &row, 640..<810)
        #expect(!first.claim.isContested && row == "a")
    }
}
