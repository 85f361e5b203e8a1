/// A job of the workload, and what is to become of it.
struct Submission: Sendable {
    /// What the workload calls it, and Slurm too unless `more` has another name.
    let name: String
    let user: String
    let account: String
    /// Words of sbatch, separated by blanks.
    let options: String
    /// Words of sbatch that hold blanks themselves, or worse.
    let more: [String]
    let script: Script
    /// In squeue's words, as soon as the workload stands.
    let state: String
    /// Nil where Slurm may have one or another.
    let reason: String?

    enum Script: Sendable {
        /// Until somebody ends it.
        case endless
        case command(String)
        /// A whole file, for what no argument can hold.
        case file([UInt8])
    }

    init(
        _ name: String, of user: String, _ account: String, _ options: String = "", more: [String] = [],
        script: Script = .endless, is state: String, because reason: String? = nil
    ) {
        self.name = name
        self.user = user
        self.account = account
        self.options = options
        self.more = more
        self.script = script
        self.state = state
        self.reason = reason
    }
}
