extension Collector {
    /// A collector with the folds that the settings ask for.
    public init(_ name: Name, _ settings: CollectionSettings) {
        self.init(name)
        switch name {
        case .cluster:
            jobs = [ClusterJobs(), ClusterResources()]
            nodes = [ClusterNodes()]
            controllers = [ClusterControllers()]
        case .nodes:
            nodes = [NodeTotals(settings.nodes), NodeEvents(settings.nodes)]
            if settings.nodes.includesSeries { nodes.append(NodeSeries(settings.nodes)) }
        case .partitions:
            jobs = [PartitionJobs()]
            nodes = [PartitionNodes()]
            partitions = [PartitionFacts()]
        case .jobs:
            jobs = [
                HomeJobs(settings.jobs), JobEvents(settings.jobs, settings.histograms), JobFeatures(settings.jobs),
                JobFederation(settings.jobs),
            ]
            if settings.jobs.includesSeries { jobs.append(JobSeries(settings.jobs)) }
        case .users: jobs = [OwnerJobs.users(settings.users)]
        case .accounts: jobs = [OwnerJobs.accounts(settings.accounts)]
        case .qos:
            qos = [QOSFigures.fold()]
            if settings.qos.includesJobs { jobs = [OwnerJobs.qos()] }
        case .reservations:
            reservations = [Reservations()]
            if settings.reservations.includesNodes { nodes = [ReservedNodes()] }
        case .licenses: licenses = [LicenseFigures.fold()]
        case .scheduler: scheduler = [SchedulerFold()]
        case .fairshare:
            shares = [Fairshare(ExcludedOwners(settings))]
            if settings.fairshare.includesLimits { associations = [Associations.fold(ExcludedOwners(settings))] }
        case .accounting:
            foldDatabase(settings.database)
            switch settings.accounting.source {
            case .slurmdbd: accountedJobs = [AccountedRuns(settings)]
            case .jobs: jobs = [PassingRuns(settings)]
            }
        }
    }

    /// What slurmdbd says of itself, and knows by name.
    private mutating func foldDatabase(_ settings: CollectionSettings.Database) {
        database = [DatabaseState()]
        clusters = [Directory.clusters()]
        trackedResources = [Directory.resources()]
        if settings.includesWorkloadKeys { workloadKeys = [WorkloadKeys()] }
    }
}
