import SimulatedCluster
import SimulatedCommands
import Testing

struct SqueueTests {
    private static let separator = "\u{1f}"

    /// Rows of fields; records end with 0x1e, since names can hold line ends.
    private func rows(_ fields: [String], _ more: Text..., cluster: Cluster = Clusters.odd) -> [[[UInt8]]] {
        let format = fields.dropLast().map { "\($0):\u{1f}" } + ["\(fields[fields.count - 1]):\u{1e}"]
        let list = Text(stringLiteral: format.joined(separator: ","))
        let words: [Text] = ["squeue", "-h", "-O", list] + more
        let answer = run(words, cluster)
        return answer.output.split(separator: [0x1E, 0x0A]).map { row in
            row.split(separator: 0x1F, omittingEmptySubsequences: false).map(Array.init)
        }
    }

    private func run(_ words: [Text], _ cluster: Cluster) -> Answer {
        var output: [UInt8] = []
        let sink = Sink()
        let code = SimulatedCommands.run(
            arguments: words, snapshot: cluster, output: { sink.bytes += $0 }, error: { _ in })
        output = sink.bytes
        return Answer(code: code, output: output, errors: "", pieces: [])
    }

    private final class Sink { var bytes: [UInt8] = [] }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func everyTaskOfAnArrayHasALineOnRequest() {
        let expected = Clusters.odd.jobs.reduce(0) { $0 + Clusters.odd.count(of: $1) }
        #expect(rows(["JobID"], "-a", "-r", "-t", "all").count == expected)
    }

    @Test func jobsThatHaveEndedAreShownOnlyWhenAskedFor() {
        let active = Clusters.odd.jobs.filter { job in
            !job.state.base.hasEnded || !job.state.flags.isDisjoint(with: [.completing, .stageOut])
        }
        let expected = active.reduce(0) { $0 + Clusters.odd.count(of: $1) }
        #expect(rows(["JobID"], "-a", "-r").count == expected)
        #expect(rows(["JobID"], "-a", "-r", "-t", "all").count > expected)
    }

    @Test func namesComeThroughByteForByte() {
        let shown = rows(["JobID", "Name"], "-a", "-r", "-t", "all").reduce(into: [String: [UInt8]]()) {
            $0[text($1[0])] = $1[1]
        }
        for job in Clusters.odd.jobs {
            let name = Clusters.odd.scripts[job.script].name
            guard !name.bytes.contains(0x1F), !name.bytes.contains(0x1E) else { continue }
            #expect(shown["\(job.id)"] == (name.isEmpty ? Array("(null)".utf8) : name.bytes))
        }
    }

    @Test func statesAreTheEffectiveOnes() {
        let shown = Set(rows(["JobID", "State"], "-a", "-r", "-t", "all").map { "\(text($0[0])) \(text($0[1]))" })
        let expected = Set(Clusters.odd.jobs.map { "\($0.id) \($0.state.effective.rawValue.uppercased())" })
        #expect(shown == expected)
    }

    @Test func aBaseStateMeansJobsWithoutFlags() {
        let running = rows(["JobID"], "-a", "-r", "-t", "R").count
        let quiet: JobState.Flags = .updateDatabase
        #expect(
            running == Clusters.odd.jobs.count { $0.state.base == .running && $0.state.flags.isSubset(of: quiet) })
        #expect(Clusters.odd.jobs.contains { $0.state == JobState(.running, quiet) })
        let completing = rows(["JobID"], "-a", "-r", "-t", "completing").count
        #expect(completing == Clusters.odd.jobs.count { $0.state.flags.contains(.completing) })
    }

    @Test func jobsOfHiddenPartitionsNeedAll() {
        #expect(rows(["JobID"], "-r").count < rows(["JobID"], "-a", "-r").count)
    }

    @Test func copiesThatAnotherMemberOfTheFederationHasRevokedNeedAll() throws {
        let revoked = Clusters.odd.jobs.filter { $0.state.flags.contains(.revoked) }.map { "\($0.id)" }
        func ids(_ more: Text...) -> Set<String> {
            Set(ask(["squeue", "-h", "-r", "-o", "%A"] + more).lines)
        }
        #expect(!revoked.isEmpty)
        #expect(ids("-t", "all").isDisjoint(with: revoked))
        #expect(ids("-t", "all", "-a").isSuperset(of: revoked))
        #expect(ids("-t", "all", Text(stringLiteral: "--jobs=" + revoked[0])) == [revoked[0]])
    }

    @Test func linesAreSortedByPartitionStateAndPriority() {
        let shown = rows(["Partition", "State", "PriorityLong"], "-a", cluster: Clusters.plain)
        let keys = shown.map { (text($0[0]), text($0[1]), -(Int(text($0[2])) ?? 0)) }
        #expect(keys.count > 100)
        for (left, right) in zip(keys, keys.dropFirst()) { #expect(left <= right) }
    }

    @Test func usersAccountsAndPartitionsNarrow() throws {
        let job = try #require(Clusters.plain.jobs.first { $0.state.base == .running })
        let user = Clusters.plain.users[job.user].name
        let users = rows(["UserName"], "-a", "-u", user, cluster: Clusters.plain)
        #expect(!users.isEmpty && users.allSatisfy { $0[0] == user.bytes })
        let account = Clusters.plain.accounts[job.account].name
        let accounts = rows(["Account"], "-a", "-A", account, cluster: Clusters.plain)
        #expect(!accounts.isEmpty && accounts.allSatisfy { $0[0] == account.bytes })
        let partition = Clusters.plain.partitions[job.startedIn].name
        let partitions = rows(["Partition"], "-a", "-p", partition, "-t", "R", cluster: Clusters.plain)
        #expect(!partitions.isEmpty && partitions.allSatisfy { $0[0] == partition.bytes })
    }

    @Test func theUsualTableIsSlurms() {
        let answer = ask("squeue", "-a", of: Clusters.plain)
        #expect(
            answer.lines.first
                == "             JOBID PARTITION     NAME     USER ST       TIME  NODES NODELIST(REASON)")
        #expect(answer.code == 0)
    }

    @Test func anUnknownFieldIsSaidAndPassedOver() {
        let answer = ask("squeue", "-a", "-h", "-O", "JobID:|,bogus,State:", of: Clusters.plain)
        #expect(answer.errors == "squeue: error: Invalid job format specification: bogus\n")
        #expect(answer.code == 0)
        #expect(answer.lines.allSatisfy { $0.contains("|") })
    }

    @Test(
        arguments: [
            (["-t", "bogus"], "squeue: error: Invalid job state specified: bogus\n"),
            (["--bogus"], "squeue: unrecognized option '--bogus'\nTry \"squeue --help\" for more information\n"),
            (["-Z"], "squeue: invalid option -- 'Z'\n"), (["-o"], "squeue: option requires an argument -- 'o'\n"),
            (["--json"], "squeue: error: the simulated commands write text only"),
            (["-M", "elsewhere"], "squeue: error: 'elsewhere' can't be reached now"),
            (["-u", "nobody-at-all"], "squeue: error: Invalid user: nobody-at-all\n"),
            (["--states"], "squeue: option '--states' requires an argument\n"),
            (["--noheader=1"], "squeue: option '--noheader' doesn't allow an argument\n"),
            (["--no"], "squeue: option '--no' is ambiguous; possibilities:"),
        ] as [([Text], String)])
    func whatCannotBeDoneIsSaidAsSlurmDoes(words: [Text], message: String) {
        let sink = Sink()
        let code = SimulatedCommands.run(
            arguments: ["/usr/bin/squeue"] + words, snapshot: Clusters.plain, output: { _ in },
            error: { sink.bytes += $0 })
        #expect(code == 1)
        #expect(text(sink.bytes).hasPrefix(message), "\(text(sink.bytes))")
    }

    @Test func columnsFollowTheRelease() {
        #expect(ask("squeue", "-O", "ExcNodes", of: Clusters.plain, release: .v2205).errors.contains("ExcNodes"))
        #expect(ask("squeue", "-O", "ExcNodes", of: Clusters.plain, release: .v2405).errors.isEmpty)
        let old = ask("squeue", "-a", "-h", "-t", "all", "-O", "exit_code:", release: .v2205)
        let new = ask("squeue", "-a", "-h", "-t", "all", "-O", "exit_code:", release: .v2302)
        #expect(old.lines.contains("256") && new.lines.contains("1:0"))
    }

    @Test func longAnswersComeInPieces() {
        let answer = ask("squeue", "-a", "-r", "-h", "-o", "%all %i %j %u %R %Z %o")
        #expect(answer.pieces.count > 1)
        #expect(answer.pieces.allSatisfy { $0 < 1 << 17 })
    }

    @Test func everyLongNameIsKnown() {
        let names = """
            JobID,JobArrayID,ArrayJobID,ArrayTaskID,Name,UserName,UserID,Account,Partition,QOS,State,StateCompact,Reason,\
            NumCPUs,NumNodes,NumTasks,MinMemory,tres-alloc,tres,tres-per-node,SubmitTime,EligibleTime,StartTime,EndTime,\
            TimeLimit,TimeUsed,PendingTime,Priority,PriorityLong,Reservation,Feature,Dependency,NodeList,Comment,\
            exit_code,HetJobID,HetJobOffset,RestartCnt,WCKey,Licenses,Cluster,AccrueTime,preemptTime
            """
        for release in Release.allCases {
            let answer = ask("squeue", "-a", "-O", Text(stringLiteral: names), of: Clusters.plain, release: release)
            #expect(answer.errors.isEmpty)
        }
    }
}
