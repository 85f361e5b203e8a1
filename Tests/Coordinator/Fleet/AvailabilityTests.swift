import HTTPServer
import Lease
import ServiceRuntime
import Testing

@testable import Fleet

struct AvailabilityTests {
    private static func instant(_ seconds: Int) -> MonotonicClock.Instant {
        MonotonicClock.Instant(sinceOrigin: .seconds(seconds))
    }

    @Test func theLeadIsTakenBackAfterAMinuteOfHealthAndNotTooOften() {
        var failback = Failback()
        let wishes = (0..<1500).filter { failback.look(isWell: true, isDue: true, at: Self.instant($0)) }
        #expect(wishes == [60, 660, 1260])
    }

    @Test func theMinuteBeginsAnewWithEveryIllness() {
        var failback = Failback()
        let wishes = (0..<200).filter { failback.look(isWell: $0 != 50, isDue: true, at: Self.instant($0)) }
        #expect(wishes == [111])
    }

    @Test func aStepDownIsNotUndoneForTenMinutes() {
        var failback = Failback()
        let wishes = (0..<900).filter { second in
            if (100..<110).contains(second) { failback.noteStepDown(at: Self.instant(second)) }
            return failback.look(isWell: true, isDue: second >= 100, at: Self.instant(second))
        }
        #expect(wishes == [709])
    }

    @Test func nothingIsTakenBackFromWhoIsToLead() {
        var failback = Failback()
        let wishes = (0..<200).filter { failback.look(isWell: true, isDue: false, at: Self.instant($0)) }
        #expect(wishes.isEmpty)
    }

    @Test(arguments: [
        ("127.0.0.1:8081", "http://127.0.0.1:8081"), ("localhost:80", "http://127.0.0.1:80"),
        ("[::1]:8080", "http://[::1]:8080"),
    ])
    func aCoordinatorIsFoundWhereItListens(_ listen: String, url: String) throws {
        let identity = CoordinatorIdentity(AvailabilitySettings(), listen: [try ListenAddress(listen)])
        #expect(identity.url == url)
        #expect(identity.candidate.name.hasSuffix(":" + (url.split(separator: ":").last ?? "")))
    }

    @Test func twoProcessesOfOneNameAreDistinct() throws {
        var settings = AvailabilitySettings()
        settings.name = "a"
        settings.url = "http://a:1"
        let identities = try (0..<2).map { _ in CoordinatorIdentity(settings, listen: [try ListenAddress(":8080")]) }
        #expect(identities[0].candidate != identities[1].candidate)
        #expect(identities.allSatisfy { $0.candidate.name == "a" && $0.url == "http://a:1" })
    }

    @Test(arguments: [Duration.milliseconds(500), .milliseconds(1500), .seconds(10), .seconds(3600)])
    func aSecondaryWaitsLongerAndEachLifetimeHolds(_ lifetime: Duration) {
        var settings = AvailabilitySettings()
        settings.leaseLifetime = lifetime
        #expect(settings.timing.lifetime == lifetime && settings.courtesy == .zero)
        settings.mode = .secondary
        #expect(settings.courtesy > settings.timing.pollInterval)
    }
}
