import ServiceRuntime

extension Builder {
    mutating func buildAccounting() {
        buildQOS()
        buildAccounts()
        buildUsers()
        buildAssociations()
        buildScripts()
        buildTRES()
        cluster.wckeys = (0..<min(4, cluster.users.count)).map {
            WCKey(id: UInt32($0 + 1), name: $0 % 2 == 0 ? "project-x" : "*default", user: Ref($0))
        }
    }

    private mutating func buildQOS() {
        let names: [(Text, UInt32)] = [
            ("normal", 0), ("high", 1000), ("low", 10), ("debug", 5000), ("long", 5), ("gpu", 500),
        ]
        for (index, (name, priority)) in names.enumerated() {
            var qos = QOS(
                id: UInt32(index + 1), name: name, description: "what \(name.repaired) is for", priority: priority)
            qos.usageFactor = index == 2 ? 0.5 : 1
            cluster.qos.append(qos)
        }
        cluster.qos[1].limits.group.cpus = Limit(max(64, cluster.parameters.nodes * 16))
        cluster.qos[1].preempts = [Ref(2)]
        cluster.qos[1].preemptMode = .requeue
        cluster.qos[2].limits.perJob.cpus = 512
        cluster.qos[3].limits.jobs = 2
        cluster.qos[3].limits.submitted = 100
        cluster.qos[3].limits.wall = TimeLimit(minutes: 30)
        cluster.qos[4].flags = [.denyLimit, .noReserve]
        cluster.qos[5].limits.perUser.gpus = 32
        cluster.qos[5].usageThreshold = 0.25
    }

    private mutating func buildAccounts() {
        cluster.accounts = [
            Account(name: "root", description: "default root account", organization: "root", parent: .none)
        ]
        for index in 0..<max(1, cluster.parameters.accounts) {
            let faculty = index < 4 || index % 3 == 0
            let parent: Ref<Account> = faculty ? Ref(0) : Ref(1 + random.below(min(index, 4)))
            cluster.accounts.append(
                Account(
                    name: Text(
                        bytes: Array("\(Words.fields[index % Words.fields.count])\(index / Words.fields.count)".utf8)),
                    description: Text(bytes: Array("account \(index)".utf8)), organization: "university",
                    parent: parent))
        }
    }

    private mutating func buildUsers() {
        for index in 0..<max(1, cluster.parameters.users) {
            let given = Words.givenNames[index % Words.givenNames.count]
            let round = index / Words.givenNames.count
            cluster.users.append(
                User(
                    uid: UInt32(20_000 + index), gid: UInt32(20_000 + index % 7),
                    name: Text(bytes: Array((round == 0 ? given : "\(given)\(round)").utf8)), group: "users",
                    adminLevel: index == 0 ? .administrator : index == 1 ? .operator : .none,
                    defaultAccount: Ref(1 + index % (cluster.accounts.count - 1))))
        }
    }

    private mutating func buildAssociations() {
        for account in cluster.accounts.refs {
            let parent = cluster.accounts[account].parent
            addAssociation(account, .none, parent.exists ? cluster.accountAssociation(parent) : .none)
        }
        for user in cluster.users.refs {
            let account = cluster.users[user].defaultAccount
            addAssociation(account, user, cluster.accountAssociation(account))
            guard random.chance(1, in: 3) else { continue }
            let other = Ref<Account>(1 + random.below(cluster.accounts.count - 1))
            if other != account { addAssociation(other, user, cluster.accountAssociation(other)) }
        }
    }

    private mutating func addAssociation(_ account: Ref<Account>, _ user: Ref<User>, _ parent: Ref<Association>) {
        let id = cluster.associations.count + 1
        var association = Association(
            id: UInt32(id), account: account, user: user, partition: .none, parent: parent,
            shares: UInt32(random.within(1...100)), defaultQOS: Ref(0), qos: [Ref(0)] + extraQOS(id),
            limits: drawLimits(account, user))
        association.isDefault = user.exists && cluster.users[user].defaultAccount == account
        cluster.associations.append(association)
        if user.exists { addUsage(UInt64(random.below(5_000_000)) * UInt64(random.below(3)), to: Ref(id - 1)) }
    }

    /// Counts past use on an association and all above it.
    private mutating func addUsage(_ seconds: UInt64, to association: Ref<Association>) {
        var next = association
        while next.exists {
            cluster.associations[next].usage.rawUsage += seconds
            next = cluster.associations[next].parent
        }
    }

    private func extraQOS(_ id: Int) -> [Ref<QOS>] {
        (1..<cluster.qos.count).filter { (id + $0) % 3 != 0 }.map { Ref($0) }
    }

    private mutating func drawLimits(_ account: Ref<Account>, _ user: Ref<User>) -> Ref<Limits> {
        var limits = Limits()
        let scale = max(1, cluster.parameters.nodes)
        if user.exists {
            if random.chance(1, in: 5) { limits.jobs = Limit(max(2, cluster.parameters.jobs / 50)) }
            if random.chance(1, in: 8) { limits.perJob.cpus = Limit(scale * 8) }
        } else if account.index > 0 {
            if random.chance(1, in: 3) { limits.group.cpus = Limit(scale * 4 * random.within(1...4)) }
            if random.chance(1, in: 4) { limits.group.gpus = Limit(max(4, scale / 8)) }
            if random.chance(1, in: 5) { limits.groupMinutes.cpus = Limit(1_000_000_000) }
        }
        return cluster.limits.intern(limits)
    }

    private mutating func buildScripts() {
        for user in cluster.users.refs {
            for number in 0..<Self.scriptsPerUser {
                let word = Words.programs[(user.index + number * 7) % Words.programs.count]
                var script = Script(name: Text(bytes: Array("\(word)\(user.index % 50 + number)".utf8)))
                script.isBatch = !random.chance(1, in: 12)
                script.features = random.chance(1, in: 15) ? "ib" : .empty
                script.comment = random.chance(1, in: 10) ? "run of \(script.name.repaired)" : .empty
                script.wckey = random.chance(1, in: 12) ? "project-x" : .empty
                cluster.scripts.append(script)
            }
        }
    }

    static let scriptsPerUser = 3

    private mutating func buildTRES() {
        let kinds: [(Int, Text, Text)] = [
            (1, "cpu", .empty), (2, "mem", .empty), (3, "energy", .empty), (4, "node", .empty), (5, "billing", .empty),
            (6, "fs", "disk"), (7, "vmem", .empty), (8, "pages", .empty),
        ]
        cluster.tres = kinds.map { TRES(id: $0.0, type: $0.1, name: $0.2) }
        guard cluster.parameters.tracksGPUs else { return }
        cluster.tres.append(TRES(id: 1001, type: "gres", name: "gpu"))
        for type in cluster.gpuTypes.refs {
            let name = Text(bytes: Array("gpu:".utf8) + cluster.gpuTypes[type].name.bytes)
            cluster.tres.append(TRES(id: 1002 + type.index, type: "gres", name: name))
        }
    }
}

extension Cluster {
    /// An account's own association: they come first, in the order of the accounts.
    func accountAssociation(_ account: Ref<Account>) -> Ref<Association> {
        Ref(account.index)
    }
}
