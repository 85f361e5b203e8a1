import SimulatedCluster
import SimulatedCommands
import Testing

/// Records of scontrol: which words are on them in which release, and what they say.
struct RecordTests {
    @Test func aNodeOfTheOldestReleaseHasItsWordsInOrder() throws {
        let line = try #require(ask("scontrol", "show", "nodes", "-o", of: Clusters.plain, release: .v2205).lines.first)
        #expect(
            line.keys == [
                "NodeName", "Arch", "CoresPerSocket", "CPUAlloc", "CPUEfctv", "CPUTot", "CPULoad", "AvailableFeatures",
                "ActiveFeatures", "Gres", "NodeAddr", "NodeHostName", "Version", "OS", "RealMemory", "AllocMem",
                "FreeMem", "Sockets", "Boards", "State", "ThreadsPerCore", "TmpDisk", "Weight", "Owner", "MCS_label",
                "Partitions", "BootTime", "SlurmdStartTime", "LastBusyTime", "CfgTRES", "AllocTRES", "CapWatts",
                "CurrentWatts", "AveWatts", "ExtSensorsJoules", "ExtSensorsWatts", "ExtSensorsTemp",
            ])
    }

    @Test func aPartitionOfTheOldestReleaseHasItsWordsInOrder() throws {
        let line = try #require(
            ask("scontrol", "show", "partitions", "-o", of: Clusters.plain, release: .v2205).lines.first)
        #expect(
            line.keys == [
                "PartitionName", "AllowGroups", "AllowAccounts", "AllowQos", "AllocNodes", "Default", "QoS",
                "DefaultTime", "DisableRootJobs", "ExclusiveUser", "GraceTime", "Hidden", "MaxNodes", "MaxTime",
                "MinNodes", "LLN", "MaxCPUsPerNode", "Nodes", "PriorityJobFactor", "PriorityTier", "RootOnly",
                "ReqResv", "OverSubscribe", "OverTimeLimit", "PreemptMode", "State", "TotalCPUs", "TotalNodes",
                "SelectTypeParameters", "JobDefaults", "DefMemPerNode", "MaxMemPerNode", "TRES", "TRESBillingWeights",
            ])
    }

    @Test func aJobOfTheOldestReleaseHasItsWordsInOrder() throws {
        let job = try #require(
            Clusters.plain.jobs.first {
                $0.state == JobState(.running) && $0.arrayJob == 0 && $0.request.gpusPerNode == 0
                    && !$0.reservation.exists && Clusters.plain.scripts[$0.script].wckey.isEmpty
                    && Clusters.plain.scripts[$0.script].comment.isEmpty && $0.hetJob == 0
                    && Clusters.plain.scripts[$0.script].isBatch && $0.federation.viableSiblings == 0
            })
        let id = Text(stringLiteral: "\(job.id)")
        let line = try #require(
            ask("scontrol", "show", "job", "-o", id, of: Clusters.plain, release: .v2205).lines.first)
        #expect(
            line.keys == [
                "JobId", "JobName", "UserId", "GroupId", "MCS_label", "Priority", "Nice", "Account", "QOS", "JobState",
                "Reason", "Dependency", "Requeue", "Restarts", "BatchFlag", "Reboot", "ExitCode", "RunTime",
                "TimeLimit", "TimeMin", "SubmitTime", "EligibleTime", "AccrueTime", "StartTime", "EndTime", "Deadline",
                "SuspendTime", "SecsPreSuspend", "LastSchedEval", "Scheduler", "Partition", "AllocNode:Sid",
                "ReqNodeList",
                "ExcNodeList", "NodeList", "BatchHost", "NumNodes", "NumCPUs", "NumTasks", "CPUs/Task", "ReqB:S:C:T",
                "TRES", "Socks/Node", "NtasksPerN:B:S:C", "CoreSpec", "MinCPUsNode",
                job.request.memoryIsPerCPU ? "MinMemoryCPU" : "MinMemoryNode", "MinTmpDiskNode", "Features",
                "DelayBoot", "OverSubscribe", "Contiguous", "Licenses", "Network", "Command", "WorkDir", "StdErr",
                "StdIn", "StdOut", "Power",
            ])
    }

    @Test func wordsComeAndGoWithTheRelease() throws {
        func node(_ release: Release) throws -> [String] {
            try #require(ask("scontrol", "-o", "show", "node", of: Clusters.plain, release: release).lines.first).keys
        }
        #expect(try node(.v2205).contains("ResumeAfterTime") == false)
        #expect(try node(.v2302).contains("ResumeAfterTime"))
        #expect(try node(.v2311).contains("CapWatts") && !node(.v2405).contains("CapWatts"))
        #expect(try node(.v2605).contains("SuspendTime") && !node(.v2511).contains("SuspendTime"))
        let partitions = ask("scontrol", "-o", "show", "part", release: .v2605).text
        #expect(partitions.contains(" Exclusive=") && !partitions.contains("ExclusiveUser="))
        #expect(ask("scontrol", "-o", "show", "res", release: .v2511).text.contains("AllowedPartitions="))
    }

    @Test func aLineOfARecordIsALineOrAllIsOne() {
        let lines = ask("scontrol", "show", "partitions", of: Clusters.plain).text
        let one = ask("scontrol", "show", "partitions", "--oneliner", of: Clusters.plain).text
        #expect(lines.hasSuffix("\n\n"))
        #expect(lines.replacing("\n\n", with: "\n").replacing("\n   ", with: " ") == one)
    }

    @Test func everyNodeAndJobHasARecord() {
        let nodes = ask("scontrol", "-o", "-F", "show", "nodes").text.split(separator: "NodeName=")
        #expect(nodes.count == Clusters.odd.nodes.count)
        let jobs = ask("scontrol", "-o", "-a", "show", "jobs").text.matches(of: #/JobId=[0-9]+ /#)
        #expect(jobs.count >= Clusters.odd.jobs.count)
    }

    @Test func flagsAreInTheOrderOfSlurmsTable() {
        let states = ask("scontrol", "-o", "show", "nodes").text.matches(of: #/State=([A-Z_+]+) /#).map { "\($0.1)" }
        #expect(states.contains("IDLE+CLOUD+POWERED_DOWN"))
        #expect(states.contains("DOWN+NOT_RESPONDING"))
    }

    @Test func theReasonNamesWhoAndWhen() {
        let text = ask("scontrol", "show", "nodes").text
        #expect(text.contains(#/\n   Reason=.+ \[[^@\n]+@\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\]/#))
    }

    @Test func whatIsNotThereIsSaid() {
        let node = ask("scontrol", "show", "node", "no-such-node")
        #expect(node.text == "Node no-such-node not found\n" && node.code == 1)
        let job = ask("scontrol", "show", "job", "4000000000")
        #expect(job.errors == "slurm_load_jobs error: Invalid job id specified\n" && job.code == 1)
        #expect(ask("scontrol", "show", "bogus").errors == "invalid entity:bogus for keyword:show \n")
        #expect(ask("scontrol", "bogus").errors == "invalid keyword: bogus\n")
    }

    @Test func controllersAnswerPings() {
        let answer = ask("scontrol", "ping")
        #expect(answer.lines[0] == "Slurmctld(primary) at ctl1 is UP")
        #expect(answer.lines.count == Clusters.odd.controllers.count)
        #expect(answer.code == 0)
    }

    @Test func theConfigurationHasWhatExportersRead() {
        let text = ask("scontrol", "show", "config").text
        let keys = [
            "ClusterName", "SLURM_VERSION", "MinJobAge", "SlurmctldHost[0]", "AccountingStorageType",
            "AccountingStorageTRES", "PrivateData", "SchedulerType", "SelectType",
        ]
        for key in keys {
            let padded = key + String(repeating: " ", count: 23 - key.count)
            #expect(text.contains("\n\(padded) = "), "\(key)")
        }
        #expect(text.contains("MinJobAge               = 300 sec\n"))
    }

    @Test(arguments: Release.allCases)
    func theVersionIsTheReleases(release: Release) {
        for command in SimulatedCommands.names {
            let answer = ask(Text(stringLiteral: command), "-V", release: release)
            #expect(answer.text == "slurm \(release.version)\n")
        }
    }
}
