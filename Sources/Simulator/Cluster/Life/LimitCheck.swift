extension Simulation {
    /// The first limit of a job's QOS or associations that it would break by starting now.
    func limitReached(by job: Job) -> Reason? {
        let wanted = job.request.resources
        if job.qos.exists, let reason = limitOfQOS(reachedBy: job, wanted) { return reason }
        // Root's: nobody limits the whole cluster.
        let unlimited = cluster.associations[0].limits
        var association = job.association
        while association.exists {
            let limits = cluster.associations[association].limits
            if limits != unlimited,
                let reason = Self.limit(
                    cluster.limits[limits], reachedBy: wanted, cluster.associations[association].usage)
            {
                return reason
            }
            association = cluster.associations[association].parent
        }
        return nil
    }

    private func limitOfQOS(reachedBy job: Job, _ wanted: Resources) -> Reason? {
        let limits = cluster.qos[job.qos].limits
        let usage = cluster.qos[job.qos].usage
        if !limits.group.cpus.allows(usage.held.cpus + wanted.cpus) { return .qosGrpCpuLimit }
        if !limits.groupJobs.allows(usage.running + 1) { return .qosGrpJobsLimit }
        if !limits.perJob.cpus.allows(wanted.cpus) { return .qosMaxCpuPerJobLimit }
        guard limitsUsers(job.qos) else { return nil }
        let running = runningOfUser[UserInQOS(user: job.user, qos: job.qos), default: 0]
        return limits.jobs.allows(running + 1) ? nil : .qosMaxJobsPerUserLimit
    }

    private static func limit(_ limits: Limits, reachedBy wanted: Resources, _ usage: Usage) -> Reason? {
        if !limits.group.cpus.allows(usage.held.cpus + wanted.cpus) { return .assocGrpCpuLimit }
        if !limits.group.gpus.allows(usage.held.gpus + wanted.gpus) { return .assocGrpGres }
        if !limits.group.memory.allows(usage.held.memory + wanted.memory) { return .assocGrpMemLimit }
        if !limits.groupJobs.allows(usage.running + 1) { return .assocGrpJobsLimit }
        if !limits.jobs.allows(usage.running + 1) { return .assocMaxJobsLimit }
        return limits.perJob.cpus.allows(wanted.cpus) ? nil : .assocMaxCpuPerJobLimit
    }
}
