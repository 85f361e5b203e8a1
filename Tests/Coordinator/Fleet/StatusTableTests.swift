import FleetProtocol
import Testing

@testable import Fleet
@testable import Planning

struct StatusTableTests {
    @Test func aFleetIsATable() {
        let identity = PlanIdentity(epoch: 2, store: "s", holder: "host-1", revision: 7)
        let status = FleetStatus(
            plan: identity, isDeposed: false, moves: 3,
            shards: [
                .init(
                    id: "a", url: "http://a:9341", state: .ready, heartbeatAgeSeconds: 0.72, plan: identity, slices: 1,
                    upstreams: 1, load: 12.34, problem: "an unknown key", refusals: [], unreachable: ["b"],
                    namesake: "http://c:9341")
            ],
            slices: [
                .init(
                    id: "jobs@alpha", cluster: "alpha", prefix: "slurm_jobs_", collectors: ["jobs"], state: .serving,
                    owner: "a", former: nil, current: "a", ageSeconds: 3.14, weight: 1)
            ],
            upstreams: [
                .init(
                    cluster: "alpha", owner: "a", isWaiting: false, term: 1, weight: 1,
                    inFlight: [InFlight(feed: "jobs", sinceSeconds: 1.5)])
            ])
        #expect(
            StatusTable.text(status) == """
                plan 2.7 of host-1

                SHARD  STATE  SLICES  UPSTREAMS  LOAD  HEARD  PLAN  ADDRESS
                a      ready  1       1          12.3  0.7s   2.7   http://a:9341

                SLICE       STATE    OWNER  BEFORE  AGE   WEIGHT
                jobs@alpha  serving  a      -       3.1s  1.0

                CLUSTER  ASKED BY  STATE   IN FLIGHT
                alpha    a         asking  jobs 1.5s

                a goes by its plan in part: an unknown key

                another process has the name a, too, and isn't heard: http://c:9341

                a can't reach b

                """)
    }
}
