import Configuration
import FleetProtocol
import Testing

struct PlanIdentityTests {
    private static func plan(_ epoch: UInt64, _ store: String, _ holder: String, _ revision: UInt64) -> PlanIdentity {
        PlanIdentity(epoch: epoch, store: store, holder: holder, revision: revision)
    }

    @Test(arguments: [
        (plan(2, "s", "a", 5), nil), (plan(2, "s", "a", 6), nil), (plan(2, "s", "a", 4), PlanRefusal.lowerRevision),
        (plan(1, "s", "a", 9), .lowerEpoch), (plan(2, "s", "b", 6), .secondHolder),
        (plan(2, "t", "a", 6), .secondHolder), (plan(3, "t", "b", 1), nil),
    ])
    func onlyGreaterPlansAreTaken(_ offered: PlanIdentity, _ refusal: PlanRefusal?) {
        #expect(Self.plan(2, "s", "a", 5).refusal(of: offered) == refusal)
    }

    @Test func aPlanComesBackAsItWasSent() throws {
        let slice = Slice(
            name: "jobs-gpu", cluster: "alpha", prefix: "slurm_jobs_gpu_", collectors: ["jobs"],
            scope: .only(["gpu", "gpu-*"]))
        let plan = Plan(
            identity: Self.plan(PlanIdentity.highest, "s", "a", PlanIdentity.highest),
            configuration: .init(yaml: "a: \"b\"\n# é\n"),
            shards: [PlannedShard(id: "a", url: "http://[::1]:9341")],
            slices: [PlannedSlice(slice, owner: "a", former: nil)],
            upstreams: [PlannedUpstream(cluster: "alpha", owner: "a", isWaiting: true, term: 3)])
        let bytes = try FleetMessage.encode(HeartbeatAnswer(plan: plan, nextSeconds: 2))
        #expect(try FleetMessage.decode(HeartbeatAnswer.self, from: bytes).plan == plan)
        #expect(plan.flaw == nil)
    }

    @Test(arguments: [plan(PlanIdentity.highest + 1, "s", "a", 1), plan(1, "s", "a", .max)])
    func whatNoFleetCanHaveComeToIsRefused(_ claimed: PlanIdentity) throws {
        let bytes = try FleetMessage.encode(claimed)
        #expect(throws: MalformedMessage.self) { try FleetMessage.decode(PlanIdentity.self, from: bytes) }
    }

    @Test(arguments: ["", "{", "{}", "[]", "null", #"{"nextSeconds":"2"}"#])
    func whatIsNoMessageIsRefused(_ text: String) {
        #expect(throws: MalformedMessage.self) {
            try FleetMessage.decode(HeartbeatAnswer.self, from: Array(text.utf8))
        }
    }

    @Test func aMessageHasABound() {
        let bytes = Array(repeating: UInt8(ascii: " "), count: FleetMessage.limit + 1)
        #expect(throws: MalformedMessage.self) { try FleetMessage.decode(Heartbeat.self, from: bytes) }
    }

    @Test func aPlanThatNamesNobodyKnownIsFlawed() {
        let slice = Slice(name: "jobs", cluster: "alpha", prefix: "slurm_jobs_", collectors: ["jobs"])
        var plan = Plan(identity: Self.plan(1, "s", "a", 1), configuration: .init(yaml: ""))
        plan.slices = [PlannedSlice(slice, owner: "ghost")]
        #expect(plan.flaw != nil)
        plan.shards = [PlannedShard(id: "ghost", url: "http://ghost")]
        #expect(plan.flaw == nil)
        plan.slices.append(plan.slices[0])
        #expect(plan.flaw != nil)
    }

    @Test func twoTokensHoldWhileOneIsRotated() throws {
        let tokens = FleetTokens([Secret("new"), Secret("old")])
        #expect(try tokens.authorization == "Bearer new")
        #expect(tokens.admits(authorization: "Bearer new"))
        #expect(tokens.admits(authorization: "bearer old"))
        for wrong in [nil, "", "new", "Bearer ", "Bearer ne", "Bearer new ", "Basic new"] {
            #expect(!tokens.admits(authorization: wrong))
        }
        #expect(!FleetTokens().admits(authorization: "Bearer "))
    }
}
