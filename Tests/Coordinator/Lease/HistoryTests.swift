import Foundation
import LeaseSimulation
import Testing

@Suite struct HistoryTests {
    /// `LEASE_HISTORIES=100000` makes a proof of it.
    private static let count = ProcessInfo.processInfo.environment["LEASE_HISTORIES"].flatMap { UInt64($0) } ?? 300

    @Test func noHistoryHasTwoLeaders() throws {
        var total = History.Account()
        for seed in 0..<Self.count {
            do throws(History.Violation) {
                let account = try History.run(seed: seed)
                total.takeovers += account.takeovers
                total.pauses += account.pauses
                total.crashes += account.crashes
                total.resignations += account.resignations
                total.storeMishaps += account.storeMishaps
                total.refusedOrders += account.refusedOrders
            } catch {
                Issue.record("seed \(seed): \(error)")
            }
        }
        #expect(total.takeovers > 500 && total.pauses > 100 && total.crashes > 50 && total.resignations > 50)
        #expect(total.storeMishaps > 20 && total.refusedOrders > 5)
    }

    /// The same judge notices what a wrong lease does.
    @Test(arguments: History.Mistake.allCases)
    func aPlantedMistakeIsNoticed(mistake: History.Mistake) {
        let isNoticed = (UInt64(0)..<2000).contains { seed in
            (try? History.run(seed: seed, with: mistake)) == nil
        }
        #expect(isNoticed)
    }
}
