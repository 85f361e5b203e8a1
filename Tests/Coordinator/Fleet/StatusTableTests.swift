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

    private func table(_ upstream: FleetStatus.UpstreamStatus) -> String {
        let identity = PlanIdentity(epoch: 2, store: "s", holder: "host-1", revision: 7)
        return StatusTable.text(
            FleetStatus(plan: identity, isDeposed: false, moves: 0, shards: [], slices: [], upstreams: [upstream]))
    }

    @Test(arguments: [
        ("a", false, ["jobs"], "asking"), ("a", false, [], "idle"), (nil, false, [], "unasked"),
        ("a", true, [], "waiting"), (nil, true, ["jobs"], "waiting"),
    ])
    func aClusterIsAskedWhereAQuestionIsUnderWay(_ owner: String?, _ isWaiting: Bool, _ feeds: [String], _ word: String)
    {
        let upstream = FleetStatus.UpstreamStatus(
            cluster: "alpha", owner: owner, isWaiting: isWaiting, term: 1, weight: 1,
            inFlight: feeds.map { InFlight(feed: $0, sinceSeconds: 1) })
        let row = table(upstream).split(separator: "\n").last?.split(separator: " ").map(String.init)
        #expect(row?.prefix(3) == ["alpha", owner ?? "-", word])
    }

    @Test(arguments: [([], "no"), ([false, nil], "no"), ([false, true], "another")] as [([Bool?], String)])
    func whoeverNoLongerLeadsSaysWhetherSomebodyDoes(_ leads: [Bool?], _ leader: String) {
        let identity = PlanIdentity(epoch: 2, store: "s", holder: "host-1", revision: 7)
        var status = FleetStatus(plan: identity, isDeposed: true, moves: 0, shards: [], slices: [], upstreams: [])
        status.coordinators = leads.map { .init(name: "c", url: "http://c:9340", mode: "auto", leads: $0) }
        #expect(StatusTable.text(status).hasPrefix("plan 2.7 of host-1, and \(leader) coordinator leads\n"))
    }

    @Test func nothingThatIsToldReachesATerminalAsACommand() {
        let evil = "a\u{1B}[2J\nb\u{9B}31m"
        let identity = PlanIdentity(epoch: 2, store: "s", holder: evil, revision: 7)
        let status = FleetStatus(
            plan: identity, isDeposed: false, moves: 3,
            shards: [
                .init(
                    id: evil, url: evil, state: .ready, heartbeatAgeSeconds: 0.72, plan: identity, slices: 1,
                    upstreams: 1, load: 1, problem: evil, refusals: [], unreachable: [evil], namesake: evil)
            ],
            slices: [
                .init(
                    id: evil, cluster: "alpha", prefix: "slurm_jobs_", collectors: ["jobs"], state: .serving,
                    owner: evil, former: evil, current: evil, ageSeconds: 3.14, weight: 1)
            ],
            upstreams: [
                .init(
                    cluster: evil, owner: evil, isWaiting: false, term: 1, weight: 1,
                    inFlight: [InFlight(feed: evil, sinceSeconds: 1.5)])
            ])
        let text = StatusTable.text(status)
        #expect(!text.unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control })
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 17 && lines[2].hasPrefix("SHARD"), "\(text)")
        #expect(lines[3].hasPrefix(#"a\u{1B}[2J\nb\u{9B}31m  ready"#))
    }

    @Test(arguments: [
        ("größer “quoted” \\ 東京", "größer “quoted” \\ 東京"), ("a\r\n\tb", #"a\r\n\tb"#),
        ("\u{0}\u{7F}\u{85}", #"\u{0}\u{7F}\u{85}"#),
        ("\u{202E}gpj", #"\u{202E}gpj"#), ("\u{2028}", #"\u{2028}"#),
    ])
    func whatATerminalObeysIsSpelledOut(_ text: String, _ shown: String) {
        #expect(text.printable == shown)
    }
}
