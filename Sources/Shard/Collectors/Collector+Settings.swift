extension Collector {
    /// A collector with the folds that the settings ask for.
    public init(_ name: Name, _ settings: CollectionSettings) {
        self.init(name)
        switch name {
        case .cluster:
            jobs = [ClusterJobs()]
            nodes = [ClusterNodes()]
            controllers = [ClusterControllers()]
        case .nodes:
            nodes = [NodeTotals(settings.nodes)]
            if settings.nodes.includesSeries { nodes.append(NodeSeries(settings.nodes)) }
        case .partitions:
            jobs = [PartitionJobs()]
            nodes = [PartitionNodes()]
            partitions = [PartitionFacts()]
        case .jobs:
            jobs = [HomeJobs(settings.jobs), JobEvents(settings.jobs, settings.histograms)]
            if settings.jobs.includesSeries { jobs.append(JobSeries(settings.jobs)) }
        case .users: jobs = [OwnerJobs.users(settings.users)]
        case .accounts: jobs = [OwnerJobs.accounts(settings.accounts)]
        case .qos: break
        case .reservations: break
        case .licenses: break
        case .scheduler: scheduler = [SchedulerFold()]
        case .fairshare: break
        case .accounting:
            switch settings.accounting.source {
            case .slurmdbd: accountedJobs = [AccountedRuns(settings)]
            case .jobs: jobs = [PassingRuns(settings)]
            }
        }
    }
}
