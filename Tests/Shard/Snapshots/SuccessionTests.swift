import Metrics
import Snapshots
import TestSupport
import Testing

struct SuccessionTests {
    @Test func whatOthersShowedStaysUntilSomethingNewerComes() async throws {
        let (former, next) = (try Scene(), try Scene())
        await former.publish([gauge("slurm_a", [], [[]: 1])], generation: 7)
        await former.publish([gauge("slurm_b", [], [[]: 2])], feed: .nodes, collector: "nodes")
        next.snapshots.expect([ExpectedCollector("jobs", feeds: [.jobs])], of: "alpha")
        #expect(next.snapshots.waitingFor == ["alpha jobs"])
        await next.snapshots.goOn(from: await former.snapshots.current(of: "alpha"))
        #expect(next.snapshots.waitingFor == [])
        let page = try await next.page()
        #expect(page.contains("slurm_a{cluster=\"alpha\"} 1") && !page.contains("slurm_b"))
        await next.publish([gauge("slurm_a", [], [[]: 3])], generation: 8)
        #expect(try await next.page().contains("slurm_a{cluster=\"alpha\"} 3"))
    }

    @Test func whatWasTooOldIsNotShownAgain() async throws {
        let (former, next) = (try Scene(), try Scene())
        await former.publish([gauge("slurm_a", [], [[]: 1])], lifetime: .seconds(10))
        former.time.advance(by: .seconds(11))
        next.snapshots.expect([ExpectedCollector("jobs", feeds: [.jobs])], of: "alpha")
        await next.snapshots.goOn(from: await former.snapshots.current(of: "alpha"))
        #expect(next.snapshots.waitingFor == ["alpha jobs"])
    }
}
