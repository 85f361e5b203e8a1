import SimulatedCluster

/// `/slurm/v0.0.N/jobs/state`: what slurmctld can tell without a lock.
enum JobStateFields {
    static let all: [Field<Job>] = [
        .string("job_id") { $1.cluster.append(displayIDOf: $0, to: &$2) },
        .value("state") { $2.state($0.state) },
    ]
}
