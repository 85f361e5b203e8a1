import Metrics
import Slurm
import Testing

@testable import Collectors

struct FairshareTests {
    private let records = Records()

    private func share(
        _ account: String, _ user: String = "", parent: String = "", partition: String = "", factor: Double? = nil,
        _ adjust: (inout ShareRecord) -> Void = { _ in }
    ) -> ShareRecord {
        var share = ShareRecord()
        share.account = records.symbols.intern(account)
        share.user = records.symbols.intern(user)
        share.partition = records.symbols.intern(partition)
        share.parent = records.symbols.intern(parent)
        share.factor = factor
        adjust(&share)
        return share
    }

    private func text(_ generation: Generation, _ settings: CollectionSettings = .init()) -> Exposition {
        Collector.text(.fairshare, generation, records.symbols, settings)
    }

    @Test func figuresOfAccountsAndUsers() {
        let filled: (inout ShareRecord) -> Void = { share in
            share.shares = 60
            share.normalizedShares = 0.6
            share.usageSeconds = 7200
            share.normalizedUsage = 0.25
            share.effectiveUsage = 0.5
            share.level = .value(1.25)
        }
        let text = text(
            Generation(shares: [
                share("physics", parent: "root", filled), share("physics", "ann", factor: 0.75, filled),
            ]))
        let figures = [
            ("raw_shares", "60"), ("norm_shares", "0.6"), ("raw_usage", "7200"), ("norm_usage", "0.25"),
            ("effective_usage", "0.5"), ("level", "1.25"),
        ]
        for (figure, value) in figures {
            #expect(text.all("slurm_account_fairshare_" + figure) == [#"{account="physics"} "# + value], "\(figure)")
            #expect(
                text.all("slurm_user_fairshare_" + figure) == [#"{account="physics",user="ann"} "# + value], "\(figure)"
            )
        }
        #expect(text.all("slurm_user_fairshare") == [#"{account="physics",user="ann"} 0.75"#])
    }

    @Test func theParentsSharesAreNotZeroAndNoUseIsInfinitelyFair() {
        let text = text(Generation(shares: [share("physics", "ann", factor: 1) { $0.level = .unlimited }]))
        #expect(text.all("slurm_user_fairshare_raw_shares") == [])
        #expect(text.all("slurm_user_fairshare_level") == [#"{account="physics",user="ann"} +Inf"#])
    }

    @Test func anAccountIsAsGoodAsTheBestUserInItAndBelowIt() {
        let text = text(
            Generation(shares: [
                share("root"), share("science", parent: "root"), share("physics", parent: "science"),
                share("physics", "ann", factor: 0.25), share("physics", "bob", factor: 0.5),
                share("chem", parent: "science"), share("chem", "ann", factor: 0.75), share("empty", parent: "root"),
            ]))
        #expect(
            text.all("slurm_account_fairshare") == [
                #"{account="chem"} 0.75"#, #"{account="physics"} 0.5"#, #"{account="root"} 0.75"#,
                #"{account="science"} 0.75"#,
            ])
    }

    @Test func aCircleOfAccountsHasAnEnd() {
        let text = text(
            Generation(shares: [share("a", parent: "b"), share("b", parent: "a"), share("a", "ann", factor: 0.5)]))
        #expect(text.all("slurm_account_fairshare") == [#"{account="a"} 0.5"#, #"{account="b"} 0.5"#])
    }

    @Test func aUserOfAPartitionIsAnotherSeries() {
        let text = text(
            Generation(shares: [
                share("physics", "ann", factor: 0.5), share("physics", "ann", partition: "gpu", factor: 0.25),
            ]))
        #expect(
            text.all("slurm_user_fairshare") == [
                #"{account="physics",user="ann"} 0.5"#, #"{account="physics",user="ann",partition="gpu"} 0.25"#,
            ])
    }

    @Test func quotaAndUseInCPUHours() {
        let text = text(
            Generation(shares: [
                share("physics") { share in
                    share.limitMinutes[.cpu] = 6000
                    share.usedSeconds[.cpu] = 90_000
                },
                share("chem") { $0.usedSeconds[.cpu] = 0 }, share("closed") { $0.limitMinutes[.cpu] = 0 },
            ]))
        #expect(
            text.all("slurm_account_quota_cpu_hours") == [
                #"{account="closed",period="decaying"} 0"#, #"{account="physics",period="decaying"} 100"#,
            ])
        #expect(
            text.all("slurm_account_usage_cpu_hours") == [#"{account="chem"} 0"#, #"{account="physics"} 25"#])
    }

    @Test func whatWasUsedStandsBesideWhatMayBe() {
        let gpu = ResourceKind.other(records.symbols.intern("gres/gpu"))
        let text = text(
            Generation(shares: [
                share("physics", "ann") { share in
                    share.usedSeconds[.cpu] = 600
                    share.usedSeconds[gpu] = 0
                    share.usedSeconds[.node] = 0
                    share.runningSeconds[.cpu] = 60
                    share.limitMinutes[gpu] = 30
                }
            ]))
        let ann = #"account="physics",user="ann""#
        #expect(
            text.all("slurm_association_tres_minutes_used") == [
                #"{\#(ann),tres="cpu"} 10"#, #"{\#(ann),tres="gres/gpu"} 0"#,
            ])
        #expect(text.all("slurm_association_tres_minutes_running") == [#"{\#(ann),tres="cpu"} 1"#])
        #expect(text.all("slurm_association_tres_minutes_limit") == [#"{\#(ann),tres="gres/gpu"} 30"#])
    }

    @Test func memoryOfAThousandNodesForAMonthIsShown() {
        let minutes = 1000 * (1 << 20) * 30 * 24 * 60
        let text = text(
            Generation(shares: [
                share("physics") { share in
                    share.usedSeconds[.memory] = minutes * 60
                    share.limitMinutes[.memory] = minutes
                }
            ]))
        let bytes = #"{account="physics",tres="mem"} 4.74989023199232e+19"#
        #expect(text.all("slurm_association_tres_minutes_used") == [bytes])
        #expect(text.all("slurm_association_tres_minutes_limit") == [bytes])
    }

    @Test func excludedUsersAndAccountsAreNowhereButInWhatIsAboveThem() {
        var settings = CollectionSettings()
        settings.users.excluded = ["root"]
        settings.accounts.excluded = ["secret"]
        settings.fairshare.includesLimits = true
        var association = AssociationRecord()
        association.account = records.symbols.intern("secret")
        let text = text(
            Generation(
                shares: [
                    share("ops"), share("ops", "root", factor: 1), share("secret", parent: "ops"),
                    share("secret", "ann", factor: 0.5),
                ], associations: [association]), settings)
        #expect(text.all("slurm_user_fairshare") == [])
        #expect(text.all("slurm_account_fairshare") == [#"{account="ops"} 1"#])
        #expect(text.all("slurm_association_info") == [])
    }
}

struct AssociationTests {
    private let records = Records()

    private func text(_ adjust: (inout AssociationRecord) -> Void) -> Exposition {
        var association = AssociationRecord()
        association.account = records.symbols.intern("physics")
        adjust(&association)
        var settings = CollectionSettings()
        settings.fairshare.includesLimits = true
        return Collector.text(.fairshare, Generation(associations: [association]), records.symbols, settings)
    }

    @Test func limitsThatAreNotSetAreAbsent() {
        let text = text { $0.parent = records.symbols.intern("root") }
        #expect(text.lines == [#"slurm_association_info{account="physics",parent="root"} 1"#])
    }

    @Test func everyLimitIsThere() {
        let text = text { association in
            association.user = records.symbols.intern("ann")
            association.shares = 7
            association.limits.group[.cpu] = 0
            association.limits.groupMinutes[.cpu] = 2
            association.limits.job[.memory] = 1 << 20
            association.limits.jobMinutes[.node] = 4
            association.limits.node[.billing] = 5
            association.limits.groupJobs = 6
            association.limits.groupSubmittedJobs = 7
            association.limits.jobs = 0
            association.limits.submittedJobs = 9
            association.limits.groupWallSeconds = 600
            association.limits.jobWallSeconds = 60
        }
        let prefix = #"{account="physics",user="ann",limit="#
        let expected = [
            #""group",tres="cpu"} 0"#, #""group_jobs"} 6"#, #""group_minutes",tres="cpu"} 2"#,
            #""group_submit_jobs"} 7"#, #""group_wall_seconds"} 600"#, #""job",tres="mem"} 1048576"#,
            #""job_minutes",tres="node"} 4"#, #""job_wall_seconds"} 60"#, #""jobs"} 0"#,
            #""node",tres="billing"} 5"#, #""submit_jobs"} 9"#,
        ]
        #expect(Set(text.all("slurm_association_limit")) == Set(expected.map { prefix + $0 }))
        #expect(text.all("slurm_association_shares") == [#"{account="physics",user="ann"} 7"#])
    }

    @Test func slurmdbdIsAskedForThemOnlyWhereTheyAreWanted() {
        #expect(Collector(.fairshare, CollectionSettings()).feeds == [.shares])
    }
}
