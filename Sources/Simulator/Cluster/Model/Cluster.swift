/// The whole state of a Slurm cluster at one moment.
///
/// A value: a copy is a snapshot. It costs a few dozen retains, stays as it is for as long as it is held, and shares all
/// memory with the living cluster but the chunks that have changed since.
public struct Cluster: Sendable {
    public let parameters: Parameters
    public internal(set) var now: Timestamp
    /// How many steps of `parameters.stepSeconds` lie behind it.
    public internal(set) var step = 0

    public internal(set) var texts = Interner<Text>()
    public internal(set) var scripts: [Script] = []
    public internal(set) var limits = Interner<Limits>()
    public internal(set) var partitionLists = Interner<PartitionList>()
    public internal(set) var licenseLists = Interner<LicenseList>()
    public internal(set) var genericResources = Interner<GenericResources>()
    public internal(set) var gpuTypes: [GPUType] = []

    public internal(set) var nodes = Chunked<Node>()
    public internal(set) var partitions: [Partition] = []
    /// When one of them, or what nodes it has, last changed.
    public internal(set) var partitionsChanged: Timestamp
    public internal(set) var jobs = Slots<Job>()
    public internal(set) var allocations = Slots<Allocation>()
    public internal(set) var taskSets = Slots<TaskSet>()
    public internal(set) var reservations: [Reservation] = []
    public internal(set) var licenses: [License] = []

    public internal(set) var accounts: [Account] = []
    public internal(set) var users: [User] = []
    public internal(set) var associations = Chunked<Association>()
    public internal(set) var qos: [QOS] = []
    public internal(set) var wckeys: [WCKey] = []
    public internal(set) var tres: [TRES] = []

    public internal(set) var controllers: [Controller] = []
    public internal(set) var federation: [FederationMember] = []
    public internal(set) var statistics: Statistics
    public internal(set) var database: DatabaseStatistics
    public internal(set) var ended = EndedJobs()
    public internal(set) var events = Events()

    init(parameters: Parameters) {
        self.parameters = parameters
        now = parameters.start
        partitionsChanged = parameters.start
        statistics = Statistics(since: parameters.start, tallied: parameters.start)
        database = DatabaseStatistics(since: parameters.start)
    }
}
