/// Hand-made oddities: whatever an exporter has ever got wrong is in every cluster from the first step on.
///
/// Life leaves them as they are. They have partitions of their own, so that the population's figures stay clean.
extension Simulation {
    mutating func addMenagerie() {
        var menagerie = Menagerie(
            user: Ref(0), association: addMenagerieAccount(for: Ref(0)))
        addOddAccounts(&menagerie)
        addOddNodes(&menagerie)
        addOddPartitions(menagerie)
        cluster.assignPartitionsToNodes()
        addOddReservations(menagerie)
        addOddJobs(menagerie)
        searchedUpTo += [Int](repeating: 0, count: cluster.partitions.count - searchedUpTo.count)
    }
}

/// What the parts of the menagerie know of each other.
struct Menagerie {
    let user: Ref<User>
    /// Of an account of its own, so that the oddities use up nobody's limits.
    let association: Ref<Association>
    /// The host knows no name for its uid.
    var stranger: Ref<User> = .none
    /// In UTF-8 beyond ASCII.
    var foreigner: Ref<User> = .none
    /// Quotes and a blank in its name.
    var quotedAccount: Ref<Association> = .none
    /// In one partition only.
    var partitionAssociation: Ref<Association> = .none
    var nodes: [String: Ref<Node>] = [:]

    func node(_ name: String) -> Ref<Node> {
        guard let ref = nodes[name] else { preconditionFailure("the menagerie has no node \(name)") }
        return ref
    }
}
