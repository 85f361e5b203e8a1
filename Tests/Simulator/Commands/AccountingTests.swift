import SimulatedCluster
import SimulatedCommands
import Testing

/// sacct and sacctmgr.
struct AccountingTests {
    /// Rows of fields without steps; names may hold anything but the delimiter and line ends.
    private func rows(_ more: Text..., fields: Text, cluster: Cluster = Clusters.plain) -> [[String]] {
        let words: [Text] = ["sacct", "-a", "-n", "-P", "--delimiter=\u{1f}", "-o", fields] + more
        let sink = Sink()
        _ = SimulatedCommands.run(
            arguments: words, snapshot: cluster, output: { sink.bytes += $0 }, error: { sink.bytes += $0 })
        return String(decoding: sink.bytes, as: UTF8.self).split(separator: "\n").map {
            $0.split(separator: "\u{1f}", omittingEmptySubsequences: false).map(String.init)
        }
    }

    private final class Sink { var bytes: [UInt8] = [] }

    @Test func everyRecordIsShownWithDuplicates() {
        let open = Clusters.plain.jobs.count { !$0.state.base.hasEnded }
        let all = Array(Clusters.plain.accountedJobs)
        #expect(rows("-X", "-D", "-S", "epoch", "-E", "now+60days", fields: "JobIDRaw").count == all.count + open)
        let ids = Set(all.map(\.id)).union(Clusters.plain.jobs.filter { !$0.state.base.hasEnded }.map(\.id))
        #expect(rows("-X", "-S", "epoch", "-E", "now+60days", fields: "JobIDRaw").count == ids.count)
    }

    @Test func endedJobsAreFoundByStateAndWindow() {
        let now = Clusters.plain.now
        let failed = Clusters.plain.accountedJobs.filter {
            $0.state.base == .failed && $0.ended >= now - 3600 && $0.ended <= now
        }
        let shown = rows("-X", "-D", "-s", "F", "-S", "now-1hours", "-E", "now", fields: "State,End")
        #expect(shown.count == failed.count)
        #expect(shown.allSatisfy { $0[0] == "FAILED" && $0[1] != "Unknown" })
    }

    @Test func jobsThatNeverStartedSaySo() throws {
        let shown = rows("-X", "-D", "-S", "epoch", fields: "State,Start,End,NodeList,Elapsed")
        let cancelled = shown.filter { $0[0].hasPrefix("CANCELLED by ") && $0[1] == "None" }
        #expect(!cancelled.isEmpty && cancelled.allSatisfy { $0[2] != "Unknown" && $0[3] == "None assigned" })
        let waiting = shown.filter { $0[0] == "PENDING" }
        #expect(!waiting.isEmpty && waiting.allSatisfy { $0[1] == "Unknown" && $0[4] == "00:00:00" })
        let running = shown.filter { $0[0] == "RUNNING" }
        #expect(!running.isEmpty && running.allSatisfy { $0[1] != "Unknown" && $0[2] == "Unknown" })
    }

    @Test(arguments: [Int.min, -99_999_999_999, 99_999_999_999, Int.max])
    func aWidthBeyondReasonIsCut(width: Int) {
        let answer = ask("sacctmgr", "-n", "show", "cluster", Text(stringLiteral: "format=cluster%\(width)"))
        #expect(answer.code == 0)
        #expect(answer.lines.allSatisfy { $0.utf8.count <= 70_000 })
    }

    @Test(arguments: ["1", "3", "-9223372036854775808", "9223372036854775807", "99999999999999999999"])
    func aLengthOfTaskListsBeyondReasonDoesNoHarm(length: String) {
        let environment = ["SLURM_BITSTR_LEN": length]
        #expect(ask("squeue", "-h", "-t", "all", "-o", "%K", environment: environment).code == 0)
    }

    @Test func stepsFollowTheirJob() throws {
        let record = try #require(
            Clusters.plain.accountedJobs.first { $0.steps.count > 2 && $0.arrayJob == 0 && $0.hetJob == 0 })
        let id = Text(stringLiteral: "\(record.id)")
        let shown = rows("-j", id, fields: "JobID,User,NTasks,MaxRSS,State")
        #expect(
            shown.prefix(4).map { $0[0] } == [
                "\(record.id)", "\(record.id).batch", "\(record.id).extern", "\(record.id).0",
            ])
        #expect(shown[0][2].isEmpty && shown[0][3].isEmpty && !shown[0][1].isEmpty)
        #expect(!shown[1][2].isEmpty && !shown[1][3].isEmpty && shown[1][1].isEmpty)
        #expect(rows("-X", "-j", id, fields: "JobID").count == 1)
    }

    @Test func cpuTimeIsElapsedTimesCPUs() throws {
        let shown = rows("-D", "-S", "epoch", fields: "ElapsedRaw,NCPUS,CPUTimeRAW")
        for row in shown {
            let numbers = row.compactMap { Int($0) }
            try #require(numbers.count == 3)
            #expect(numbers[0] * numbers[1] == numbers[2])
        }
    }

    @Test func sacctRefusesWhatItDoesNotKnow() {
        #expect(ask("sacct", "-o", "bogus").errors == "sacct: error: Invalid field requested: \"bogus\"\n")
        #expect(ask("sacct", "-S", "soon").code == 1)
        #expect(ask("sacct", "-s", "bogus").code == 1)
        #expect(ask("sacct", "-o", "Planned", release: .v2205).code == 1)
        #expect(ask("sacct", "-o", "Planned", release: .v2302).code == 0)
        #expect(ask("sacct", "-o", "Reserved", release: .v2205).code == 0)
    }

    @Test func associationsAreNestedSets() throws {
        let lines = ask("sacctmgr", "-n", "-P", "show", "assoc", "format=id,lft,rgt", release: .v2205).lines
        let sets = lines.map { $0.split(separator: "|").compactMap { Int($0) } }
        try #require(sets.count == Clusters.odd.associations.count && sets.allSatisfy { $0.count == 3 })
        #expect(Set(sets.flatMap { $0.dropFirst() }) == Set(1...2 * sets.count))
        let byID = Dictionary(uniqueKeysWithValues: sets.map { ($0[0], ($0[1], $0[2])) })
        for association in Clusters.odd.associations where association.parent.exists {
            let own = try #require(byID[Int(association.id)])
            let parent = try #require(byID[Int(Clusters.odd.associations[association.parent].id)])
            #expect(parent.0 < own.0 && own.1 < parent.1)
        }
    }

    @Test(
        arguments: [
            ("qos", Clusters.odd.qos.count), ("accounts", Clusters.odd.accounts.count),
            ("user", Clusters.odd.users.count { $0.isInAccounting }), ("tres", Clusters.odd.tres.count),
            ("wckey", Clusters.odd.wckeys.count), ("cluster", 1),
        ] as [(Text, Int)])
    func everyEntityIsListed(entity: Text, count: Int) {
        #expect(ask("sacctmgr", "-n", "-P", "show", entity).text.split(separator: "\n").count >= count)
    }

    @Test func theUsualColumnsAreSlurms() {
        #expect(
            ask("sacctmgr", "-P", "show", "qos", release: .v2205).lines[0] == """
                Name|Priority|GraceTime|Preempt|PreemptExemptTime|PreemptMode|Flags|UsageThres|UsageFactor|GrpTRES|\
                GrpTRESMins|GrpTRESRunMins|GrpJobs|GrpSubmit|GrpWall|MaxTRES|MaxTRESPerNode|MaxTRESMins|MaxWall|\
                MaxTRESPU|MaxJobsPU|MaxSubmitPU|MaxTRESPA|MaxJobsPA|MaxSubmitPA|MinTRES
                """)
        #expect(ask("sacctmgr", "show", "tres").lines[0] == "    Type            Name     ID ")
        #expect(ask("sacctmgr", "-p", "show", "tres").lines[0] == "Type|Name|ID|")
        #expect(ask("sacctmgr", "-P", "list", "user").lines[0] == "User|Def Acct|Admin")
    }

    @Test func sacctmgrOnlyShowsWhatThereIs() {
        #expect(ask("sacctmgr", "show", "bogus").errors.hasPrefix("No valid entity in list command\n"))
        #expect(ask("sacctmgr", "show", "qos", "format=bogus").errors == "Unknown field 'bogus'\n")
        #expect(ask("sacctmgr", "bogus").errors == "invalid keyword: bogus\n")
        #expect(ask("sacctmgr", "modify", "qos", "normal").code == 1)
        #expect(ask("sacctmgr", "show", "stats").text.contains("All statistics are in microseconds"))
        #expect(ask("sacctmgr", "show", "runaway").text == "Runaway Jobs: No runaway jobs found on cluster simulated\n")
    }

    @Test func anUnknownCommandIsNone() {
        #expect(ask("srun", "hostname").code == 127)
        #expect(ask("").code == 127)
    }
}
