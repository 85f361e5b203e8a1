extension Simulation {
    mutating func addOddAccounts(_ menagerie: inout Menagerie) {
        menagerie.stranger = add(user: .empty, uid: 4_000_001)
        menagerie.foreigner = add(user: "zoë-müller", uid: 4_000_002)
        // An account with quotes and a blank, nobody in it, and a group limit of zero, which is not "no limit".
        var nothing = Limits()
        nothing.group.gpus = 0
        nothing.groupJobs = 0
        let quoted = Ref<Account>(cluster.accounts.count)
        cluster.accounts.append(
            Account(
                name: "lab \"A\"", description: "quotes \" and \\ and a\nnewline", organization: "Ünïversity",
                parent: Ref(0), coordinators: [menagerie.foreigner]))
        menagerie.quotedAccount = add(quoted, .none, .none, under: Ref(0), limits: nothing, shares: 0)
        // A user whose share is its account's (fairshare=parent), and every limit there is.
        _ = add(quoted, menagerie.foreigner, .none, under: menagerie.quotedAccount, limits: Self.allLimits, shares: nil)
        // An association for one partition.
        menagerie.partitionAssociation = add(
            Ref(1), menagerie.foreigner, Ref(0), under: Ref(1), limits: Limits(), shares: 7)
        addOddQOS()
    }

    mutating func addMenagerieAccount(for user: Ref<User>) -> Ref<Association> {
        let account = Ref<Account>(cluster.accounts.count)
        cluster.accounts.append(
            Account(name: "menagerie", description: "oddities", organization: "university", parent: Ref(0)))
        let above = add(account, .none, .none, under: Ref(0), limits: Limits(), shares: 1)
        return add(account, user, .none, under: above, limits: Limits(), shares: 1)
    }

    private mutating func addOddQOS() {
        var qos = QOS(
            id: UInt32(cluster.qos.count + 1), name: "qos \"with\" everything", description: "all limits set",
            priority: .max - 2)
        qos.limits = Self.allLimits
        qos.flags = [.partitionTimeLimit, .noReserve, .denyLimit, .overridesPartition, .requiresReservation, .noDecay]
        qos.preempts = [Ref(0), Ref(2)]
        qos.preemptMode = .cancel
        qos.graceTime = 120
        qos.usageFactor = 0
        cluster.qos.append(qos)
    }

    private mutating func add(user name: Text, uid: UInt32) -> Ref<User> {
        cluster.users.append(
            User(uid: uid, gid: uid, name: name, group: .empty, defaultAccount: Ref(1), isInAccounting: !name.isEmpty))
        return Ref(cluster.users.count - 1)
    }

    private mutating func add(
        _ account: Ref<Account>, _ user: Ref<User>, _ partition: Ref<Partition>, under parent: Ref<Association>,
        limits: Limits, shares: UInt32?
    ) -> Ref<Association> {
        var association = Association(
            id: UInt32(cluster.associations.count + 1), account: account, user: user, partition: partition,
            parent: parent, shares: shares, defaultQOS: Ref(0), qos: [Ref(0)], limits: cluster.limits.intern(limits))
        association.comment = "comment, with \"quotes\""
        cluster.associations.append(association)
        return Ref(cluster.associations.count - 1)
    }

    private static var allLimits: Limits {
        var some = ResourceLimits()
        some.cpus = 1000
        some.memory = 4_194_304
        some.nodes = 10
        some.gpus = 16
        some.billing = 5000
        var limits = Limits()
        limits.group = some
        limits.groupMinutes = some
        limits.groupJobs = 100
        limits.groupSubmitted = 200
        limits.groupWall = 10_000
        limits.perJob = some
        limits.perNode = some
        limits.perUser = some
        limits.perAccount = some
        limits.minPerJob = some
        limits.minutesPerJob = some
        limits.jobs = 50
        limits.submitted = 80
        limits.jobsPerAccount = 60
        limits.wall = TimeLimit(minutes: 4320)
        return limits
    }
}
