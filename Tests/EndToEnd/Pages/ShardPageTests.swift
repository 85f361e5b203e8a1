import Foundation
import TestSupport
import Testing

/// A shard's page in a real browser.
struct ShardPageTests {
    @Test func aShardShowsWhatItAsksAndHowOldThatIs() async throws {
        let simulator = try await RunningSimulator.small()
        let shard = try await RunningShard(of: simulator)
        try await RunningBrowser.use { browser in
            let tab = try await BrowserTab("http://\(shard.address)/", in: browser, width: 390)
            try await tab.shows("All is well", in: "#verdict")
            for collector in ["jobs", "nodes", "partitions"] {
                try await tab.shows(collector, in: "[aria-label=Collectors]")
            }
            try await tab.shows("closed")
            try await tab.shows("answered")
            #expect(try await tab.isNoWiderThanItsWindow())
            try await simulator.cause("* status=500")
            try await tab.shows("attention", in: "#verdict-text")
            try await tab.shows("is left alone", in: "#problems")
            #expect(tab.errors.isEmpty, "\(tab.errors)")
        }
    }

    @Test func aShardOfAFleetShowsItsSlices() async throws {
        let simulator = try await RunningSimulator.small()
        let fleet = try await RunningFleet(of: simulator, shards: 1)
        try await fleet.settles()
        let address = try #require(fleet.shards.values.first?.address)
        try await RunningBrowser.use { browser in
            let tab = try await BrowserTab("http://\(address)/", in: browser)
            try await tab.shows("serving", in: "[aria-label=Slices]")
            try await tab.shows("slurm_jobs_", in: "[aria-label=Slices]")
            fleet.coordinator.send(SIGKILL)
            try await tab.shows("no coordinator answers", in: "#problems")
            #expect(tab.errors.isEmpty, "\(tab.errors)")
        }
    }
}
