extension Submission {
    /// Those that wait, one for each reason that doesn't take days.
    static let waiting = [
        Submission("held", of: "ada", "physics", "-H", is: "PENDING", because: "JobHeldUser"),
        Submission("heldByRoot", of: "ada", "physics", "--begin=now+7days", is: "PENDING", because: "JobHeldAdmin"),
        Submission("later", of: "ada", "physics", "--begin=now+7days", is: "PENDING", because: "BeginTime"),
        Submission("grouped", of: "ben", "hep", "-c 14", is: "PENDING", because: "AssocGrpCpuLimit"),
        Submission("second", of: "dan", "bio", is: "PENDING", because: "AssocMaxJobsLimit"),
        Submission("debugToo", of: "eva", "ops", "-q debug -t 20", is: "PENDING", because: "QOSMaxJobsPerUserLimit"),
        Submission("unlicensed", of: "eva", "ops", "-L matlab:8", is: "PENDING", because: "Licenses"),
        Submission("closed", of: "eva", "ops", "-p closed", is: "PENDING", because: "PartitionDown"),
        Submission("longer", of: "cleo", "bio", "-t 3-00:00:00", is: "PENDING", because: "PartitionTimeLimit"),
        Submission("everything", of: "cleo", "bio", "-N 5 --exclusive -q high", is: "PENDING"),
        Submission("afterwards", of: "cleo", "bio", "-N 4 --exclusive -q low", is: "PENDING"),
        Submission("absent", of: "ada", "physics", "-w off1", is: "PENDING"),
        Submission("upgraded", of: "root", "root", "--reservation=upgrade", is: "PENDING", because: "Reservation"),
        Submission("torn", of: "cleo", "bio", "-p batch,bigmem --exclusive -c 48 --mem=2900G", is: "PENDING"),
        Submission("fourGPUs", of: "ada", "physics", "-p gpu --gres=gpu:a100:3 -N 1", is: "PENDING"),
        Submission("ragged", of: "ada", "physics", "--begin=now+7days --array=\(ragged)", is: "PENDING"),
        Submission("heteroLater", of: "ada", "physics", script: .file(Array(heterogeneous.utf8)), is: "PENDING"),
        Submission("requeued", of: "ben", "hep", "-w c5", is: "PENDING", because: "BeginTime"),
        Submission("special", of: "cleo", "bio", "-w c5", is: "SPECIAL_EXIT"),
        Submission("finn1", of: "finn", "hep", "--begin=now+7days", is: "PENDING", because: "BeginTime"),
        Submission("finn2", of: "finn", "hep", "--begin=now+7days", is: "PENDING", because: "BeginTime"),
        Submission("finn3", of: "finn", "hep", "--begin=now+7days", is: "PENDING", because: "BeginTime"),
    ]

    /// Those that wait for another, which has to be there first.
    static func dependent(on identifiers: [String: Int]) -> [Submission] {
        [
            Submission(
                "dependent", of: "ada", "physics", "-d afterok:\(identifiers["held"] ?? 0)", is: "PENDING",
                because: "Dependency"),
            Submission(
                "hopeless", of: "ben", "hep", "-d afterok:\(identifiers["failed"] ?? 0)", is: "PENDING",
                because: "DependencyNeverSatisfied"),
        ]
    }

    /// Slurm cuts what it says of the tasks at 64 characters, and no two of these make a range.
    static let raggedTasks = (1...60).map { $0 * ($0 + 3) / 2 }
    private static let ragged = raggedTasks.map(String.init).joined(separator: ",")

    private static let heterogeneous = """
        #!/bin/sh
        #SBATCH -A physics -c 1 --begin=now+7days
        #SBATCH hetjob
        #SBATCH -A physics -c 2 -p bigmem --begin=now+7days
        exec sleep 100000

        """
}
