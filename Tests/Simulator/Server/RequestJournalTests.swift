import SimulatedREST
import Testing

@testable import slurm_simulator

struct RequestJournalTests {
    @Test func theMostAtOnceAreKept() {
        var journal = RequestJournal()
        let jobs = (0..<3).map { journal.begin(EndpointName(.jobs), path: "jobs", at: Double($0)) }
        let nodes = journal.begin(EndpointName(.nodes), path: "nodes", at: 3)
        let diag = journal.begin(EndpointName(.diag), path: "diag", at: 3)
        for ticket in jobs + [nodes, diag] { journal.end(ticket, status: 200, bytes: 10, at: 5) }
        #expect(journal.endpoints["slurm/jobs"]?.inFlight.most == 3)
        #expect(journal.endpoints["slurm/diag"]?.inFlight.most == 1)
        #expect(journal.heavy.most == 4)
        #expect(journal.heavy.now == 0)
        #expect(journal.endpoints["slurm/jobs"]?.bytes == 30)
        #expect(journal.endpoints["slurm/jobs"]?.seconds == 12)
        #expect(journal.endpoints["slurm/jobs"]?.statuses == ["200": 3])
    }

    @Test func aResetKeepsWhatIsInFlight() {
        var journal = RequestJournal()
        let ticket = journal.begin(EndpointName(.jobs), path: "jobs", at: 0)
        let over = journal.begin(EndpointName(.diag), path: "diag", at: 0)
        journal.end(over, status: 200, bytes: 1, at: 1)
        journal.reset()
        #expect(journal.last.isEmpty)
        #expect(journal.endpoints.keys.sorted() == ["slurm/jobs"])
        #expect(journal.heavy.now == 1)
        journal.end(ticket, status: nil, bytes: 0, at: 2)
        #expect(journal.heavy.now == 0)
        #expect(journal.endpoints["slurm/jobs"]?.requests == 0)
    }

    @Test func theListIsBounded() {
        var journal = RequestJournal()
        for number in 0..<5000 {
            let ticket = journal.begin(EndpointName(.diag), path: "\(number)", at: 0)
            journal.end(ticket, status: 200, bytes: 1, at: 0)
        }
        #expect(journal.last.count <= RequestJournal.capacity)
        #expect(journal.last.last?.path == "4999")
        #expect(journal.endpoints["slurm/diag"]?.requests == 5000)
    }
}
