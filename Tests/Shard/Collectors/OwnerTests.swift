import Slurm
import Testing

@testable import Collectors

struct OwnerTests {
    private let records = Records()

    private func generation() -> Generation {
        Generation(jobs: [
            records.job(1, .running, user: "ann", account: "physics", cpus: 8, start: 1500),
            records.job(2, .running, user: "ann", account: "chem", cpus: 4, start: 1500),
            records.job(3, in: ["main", "gpu"], user: "ann", account: "physics", cpus: 2) {
                $0.tasks = TaskCount(known: 10)
            },
            records.job(4, user: "1042", account: "", cpus: 1),
            records.job(5, .completed, user: "root", account: "physics", cpus: 64, start: 1500, end: 1600),
        ])
    }

    @Test func jobsOfUsersByAccount() {
        let text = Collector.text(.users, generation(), records.symbols)
        #expect(
            text["slurm_user_jobs_total"] == [
                #"{user="1042",state="pending"} 1"#, #"{user="ann",account="chem",state="running"} 1"#,
                #"{user="ann",account="physics",state="pending"} 10"#,
                #"{user="ann",account="physics",state="running"} 1"#,
                #"{user="root",account="physics",state="completed"} 1"#,
            ])
        #expect(
            text["slurm_user_cpus_allocated"] == [
                #"{user="ann",account="chem"} 4"#, #"{user="ann",account="physics"} 8"#,
            ])
        #expect(
            text["slurm_user_cpus_requested"] == [
                #"{user="1042"} 1"#, #"{user="ann",account="physics"} 20"#,
            ])
        #expect(
            text["slurm_user_statistics"] == [
                #"{user="1042"} 1"#, #"{user="ann",account="chem"} 1"#, #"{user="ann",account="physics"} 11"#,
                #"{user="root",account="physics"} 1"#,
            ])
        #expect(text.contains(#"slurm_user_jobs_total{user="root",account="physics",state="running"} 0"#))
    }

    @Test func jobsOfAccounts() {
        let text = Collector.text(.accounts, generation(), records.symbols)
        #expect(
            text["slurm_account_jobs_total"] == [
                #"{account="chem",state="running"} 1"#, #"{account="physics",state="completed"} 1"#,
                #"{account="physics",state="pending"} 10"#, #"{account="physics",state="running"} 1"#,
                #"{state="pending"} 1"#,
            ])
        #expect(text["slurm_account_cpus_allocated"] == [#"{account="chem"} 4"#, #"{account="physics"} 8"#])
        #expect(text["slurm_account_usage"] == text["slurm_account_cpus_allocated"])
    }

    @Test func excludedUsersAreNowhere() {
        var settings = CollectionSettings()
        settings.users.excluded = ["root", "ann"]
        let text = Collector.text(.users, generation(), records.symbols, settings)
        #expect(text["slurm_user_jobs_total"] == [#"{user="1042",state="pending"} 1"#])
    }
}
