import Metrics
import Slurm

/// Which of Slurm's commands answers for a feed, how it is called, and how its output is read.
struct CommandQuestion: Equatable, Sendable {
    let program: String
    let arguments: [String]
    let format: CommandFormat

    /// - Parameters:
    ///   - refused: columns that the release at hand doesn't have.
    ///   - ended: which of the jobs that ended.
    init(_ feed: Feed, refused: Set<String>, mark: ColumnMark, _ ended: EndedJobsQuestion) {
        switch feed {
        case .jobs: self = Self.jobs(refused, mark)
        case .nodes: self = Self.show("nodes", .nodes, options: ["--all", "--details"])
        case .partitions: self = Self.show("partitions", .partitions, options: ["--all"])
        case .reservations: self = Self.show("reservations", .reservations)
        case .licenses: self = Self.show("licenses", .licenses)
        case .diag: self = CommandQuestion("sdiag", [], .scheduler)
        case .ping: self = CommandQuestion("scontrol", ["ping"], .controllers)
        case .shares: self = Self.shares
        case .accounting: self = Self.accounting(refused, mark, ended)
        case .associations: self = Self.list("associations", CommandFormat.associationColumns, .associations)
        case .qos: self = Self.list("qos", CommandFormat.qosColumns, .qos)
        case .clusters: self = Self.list("clusters", CommandFormat.clusterColumns, .clusters)
        case .tres: self = Self.list("tres", CommandFormat.trackedResourceColumns, .trackedResources)
        case .wckeys: self = Self.list("wckeys", CommandFormat.workloadKeyColumns, .workloadKeys)
        case .dbd: self = CommandQuestion("sacctmgr", ["show", "stats"], .database)
        }
    }

    private init(_ program: String, _ arguments: [String], _ format: CommandFormat) {
        self.program = program
        self.arguments = arguments
        self.format = format
    }

    /// One of a few words, for metrics.
    var endpoint: String {
        let words = arguments.drop { $0.hasPrefix("-") }
        return words.first == "show" ? "\(program)/\(words.dropFirst().first ?? "")" : program
    }

    private static func jobs(_ refused: Set<String>, _ mark: ColumnMark) -> CommandQuestion {
        let columns = JobColumn.allCases.filter { $0.isNeeded || !refused.contains($0.name) }
        let format = JobColumn.format(columns, mark)
        return CommandQuestion(
            "squeue", ["--all", "--array", "--noheader", "--states=all", "--Format=\(format)"], .jobs(columns, mark))
    }

    private static func show(_ entity: String, _ format: CommandFormat, options: [String] = []) -> CommandQuestion {
        CommandQuestion("scontrol", options + ["--oneliner", "show", entity], format)
    }

    private static func list(_ entity: String, _ columns: String, _ format: CommandFormat) -> CommandQuestion {
        CommandQuestion("sacctmgr", ["--noheader", "--parsable2", "show", entity, "format=\(columns)"], format)
    }

    private static var shares: CommandQuestion {
        CommandQuestion(
            "sshare", ["--all", "--noheader", "--parsable2", "--format=\(CommandFormat.shareColumns)"], .shares)
    }

    /// Without states sacct would show what could have started within the time: all that wait and run, and none of those
    /// that were cancelled before they could.
    private static func accounting(
        _ refused: Set<String>, _ mark: ColumnMark, _ ended: EndedJobsQuestion
    ) -> CommandQuestion {
        let columns = AccountedJobColumn.allCases.filter { $0.isNeeded || !refused.contains($0.name) }
        let steps = ended.includesSteps ? [] : ["--allocations"]
        let arguments =
            steps + [
                "--allusers", "--duplicates", "--noheader", "--parsable", "--noconvert", "--delimiter=\(mark.text)",
                "--starttime=uts\(ended.from.seconds)", "--endtime=uts\(ended.to.seconds)",
                "--state=\((EndedJobsQuestion.endings + EndedJobsQuestion.continuations).joined(separator: ","))",
                "--format=\(columns.map(\.name).joined(separator: ","))",
            ]
        return CommandQuestion("sacct", arguments, .accountedJobs(columns, mark))
    }
}
