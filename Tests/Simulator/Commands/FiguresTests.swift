import SimulatedCluster
import SimulatedCommands
import Testing

/// sdiag and sshare.
struct FiguresTests {
    @Test func sdiagHasTheLinesOfItsRelease() {
        let old = ask("sdiag", release: .v2205).text, new = ask("sdiag", release: .v2605).text
        for label in [
            "sdiag output at Thu Jan 15 22:00:30 2026 (1768514430)", "Server thread count:  ", "DBD Agent queue size: ",
            "Jobs submitted: ", "Main schedule statistics (microseconds):", "\tMean depth cycle:  ",
            "\tLast depth cycle (try sched): ", "Latency for 1000 calls to gettimeofday(): ",
            "Remote Procedure Call statistics by user", "Pending RPC statistics",
        ] {
            #expect(old.contains(label) && new.contains(label), "\(label)")
        }
        for label in ["RPC queue enabled:    0", "Main scheduler exit:", "Backfill exit", "\tEnd of job queue:"] {
            #expect(!old.contains(label) && new.contains(label), "\(label)")
        }
    }

    @Test(arguments: [("-i", 2), ("-t", 5), ("-T", 4), ("-a", 3)] as [(Text, Int)])
    func callsAreSortedAsAsked(option: Text, column: Int) throws {
        let text = ask("sdiag", option).text
        let pattern = #/\t([A-Z_]+) *\( *(\d+)\) count:(\d+) +ave_time:(\d+) +total_time:(\d+)/#
        let values = text.matches(of: pattern).map { match in
            [0, 0, Int(match.2) ?? 0, Int(match.3) ?? 0, Int(match.4) ?? 0, Int(match.5) ?? 0][column]
        }
        try #require(values.count == Clusters.odd.statistics.callsByType.count)
        #expect(values == (column == 2 ? values.sorted() : values.sorted(by: >)))
    }

    @Test func sshareIsATreeWithAllUsersOnRequest() {
        let lines = ask("sshare", "-a", "-P", "-n").lines
        #expect(lines.count == Clusters.odd.associations.count)
        #expect(lines[0].hasPrefix("root|||"))
        #expect(ask("sshare", "-P", "-n").lines.count == Clusters.odd.associations.count { !$0.user.exists })
        #expect(
            ask("sshare", "-a", "-P", "-l").lines[0]
                == "Account|User|RawShares|NormShares|RawUsage|NormUsage|EffectvUsage|FairShare|LevelFS|GrpTRESMins|TRESRunMins"
        )
    }

    @Test func sshareRefusesWhatItDoesNotKnow() {
        let answer = ask("sshare", "-o", "account,bogus")
        #expect(answer.errors == "sshare: error: Invalid field requested: \"bogus\"\n" && answer.code == 1)
    }

    @Test func aTableIsPaddedUnderARuler() {
        let lines = ask("sshare", "-a", of: Clusters.plain).lines
        #expect(
            lines[0] == "Account                    User  RawShares  NormShares    RawUsage  EffectvUsage  FairShare ")
        #expect(
            lines[1] == "-------------------- ---------- ---------- ----------- ----------- ------------- ---------- ")
    }
}
