extension Submission {
    /// The first to be submitted: Slurm looks at time limits twice a minute only.
    static let ended = [
        Submission("overdue", of: "ben", "hep", "-w c5 -t 1", is: "TIMEOUT"),
        Submission("missed", of: "ben", "hep", "-w off1 -t 1", is: "DEADLINE"),
        Submission("completed", of: "ada", "physics", script: .command("echo done"), is: "COMPLETED"),
        Submission("failed", of: "ben", "hep", script: .command("exit 3"), is: "FAILED"),
        Submission("crashed", of: "cleo", "bio", script: .command("kill -SEGV $$"), is: "FAILED"),
        Submission("cancelled", of: "cleo", "bio", "-w c5", is: "CANCELLED"),
        Submission("given up", of: "cleo", "bio", "--begin=now+7days", is: "CANCELLED"),
        Submission("bereft", of: "eva", "ops", "-w c4 --no-requeue", is: "NODE_FAIL"),
    ]
}
