import SimulatedCluster

/// sacctmgr: who may do what, from the accounting database. The simulated one only shows.
struct Sacctmgr {
    private enum Key { case associations, help, ignored, json, noHeader, parsable, parsable2, version }

    private static let options: [Option<Key>] = [
        Option(.help, "h", "help", "usage"), Option(.ignored, "i", "immediate"), Option(.noHeader, "n", "noheader"),
        Option(.ignored, "o", "oneliner"), Option(.parsable, "p", "parsable"), Option(.parsable2, "P", "parsable2"),
        Option(.ignored, "Q", "quiet"), Option(.ignored, "r", "readonly"), Option(.associations, "s", "associations"),
        Option(.ignored, "v", "verbose"), Option(.version, "V", "version"),
        Option(.json, nil, "json", argument: .optional), Option(.json, nil, "yaml", argument: .optional),
    ]

    private var answer = WordsAnswer.words
    private var style = TableStyle()
    private var words: [Text]

    init(_ session: Session, _ arguments: ArraySlice<Text>) throws(CommandFailure) {
        let line = try CommandLine(arguments, of: session.program, knowing: Self.options)
        words = line.operands
        for (key, _) in line.options {
            switch key {
            case .noHeader: style.hasHeader = false
            case .parsable: style.ending = .everyField
            case .parsable2: style.ending = .betweenFields
            case .version: answer = .version
            case .help: answer = .help
            case .json: throw session.refuseJSON()
            case .associations, .ignored: break
            }
        }
    }

    func run(_ session: inout Session) throws(CommandFailure) {
        try answer.give(&session, to: words, obey)
    }

    private func obey(_ verb: Text, _ session: inout Session) throws(CommandFailure) {
        if ["add", "create", "delete", "modify", "remove", "update", "load", "dump", "clear"].contains(verb.repaired) {
            throw CommandFailure("sacctmgr: the simulated accounting database can't be changed\n")
        }
        guard verb.abbreviates("show", atLeast: 1) || verb.abbreviates("list", atLeast: 1) else {
            throw CommandFailure("invalid keyword: \(verb.repaired)\n")
        }
        try show(words.count > 1 ? words[1] : .empty, Conditions(words.dropFirst(2)), &session)
    }

    private func show(
        _ entity: Text, _ conditions: Conditions, _ session: inout Session
    ) throws(CommandFailure) {
        let cluster = session.report.cluster
        if entity.abbreviates("associations", atLeast: 2) {
            let lines = cluster.associationLines().filter { conditions.admit($0.association, in: cluster) }
            try list(lines, .associations, conditions, &session)
        } else if entity.abbreviates("accounts", atLeast: 2) {
            let accounts = cluster.accounts.filter { conditions.admit($0.name, "account", "name") }
            try list(accounts.sorted { $0.name < $1.name }, .accounts, conditions, &session)
        } else if entity.abbreviates("clusters", atLeast: 2) {
            try list(cluster.registered, .clusters, conditions, &session)
        } else if entity.abbreviates("qos", atLeast: 1) {
            try list(
                cluster.qos.filter { conditions.admit($0.name, "name") }, .qos(session.report.release), conditions,
                &session)
        } else if entity.abbreviates("users", atLeast: 1) {
            let users = cluster.users.filter { $0.isInAccounting && conditions.admit($0.name, "user", "name") }
            try list(users.sorted { $0.name < $1.name }, .users, conditions, &session)
        } else if entity.abbreviates("tres", atLeast: 2) {
            try list(cluster.tres, .tres, conditions, &session)
        } else if entity.abbreviates("wckeys", atLeast: 1) {
            try list(cluster.wckeys, .wckeys, conditions, &session)
        } else if entity.abbreviates("stats", atLeast: 1) {
            DatabaseFigures(report: session.report).append(to: &session.output)
        } else if entity.abbreviates("runawayjobs", atLeast: 1) {
            session.output.print("Runaway Jobs: No runaway jobs found on cluster \(cluster.parameters.name.repaired)")
        } else {
            throw CommandFailure(Self.entities)
        }
    }

    private func list<Record>(
        _ records: [Record], _ entity: AccountingEntity<Record>, _ conditions: Conditions, _ session: inout Session
    ) throws(CommandFailure) {
        var unknown = Text.empty
        guard let table = entity.table(conditions.format, style, session.report.release, unknown: &unknown) else {
            throw CommandFailure("Unknown field '\(unknown.repaired)'\n")
        }
        let report = session.report
        table.append(headerTo: &session.output)
        for record in records { table.append(record, report, to: &session.output) }
    }

    private static let entities = """
        No valid entity in list command
        Input line must include "Account", "Association", "Cluster", "Configuration",
        "Event", "Federation", "Problem", "QOS", "Resource", "Reservation",
        "RunAwayJobs", "Stats", "Transaction", "TRES", "User", or "WCKey"

        """
}

/// `format=…` and `account=a,b user=c` behind an entity; words that don't narrow are passed over.
private struct Conditions {
    private(set) var format: Text?
    private var wanted: [String: [Text]] = [:]

    init(_ words: ArraySlice<Text>) {
        for word in words {
            let parts = word.bytes.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            let key = String(decoding: parts[0], as: UTF8.self).lowercased()
            let value = Text(bytes: Array(parts[1]))
            if "format".hasPrefix(key) {
                format = format.map { Text(bytes: $0.bytes + [UInt8(ascii: ",")] + value.bytes) } ?? value
            } else if let name = Self.names.first(where: { $0.hasPrefix(key) || key.hasPrefix($0) }) {
                wanted[name] = value.listed
            }
        }
    }

    private static let names = ["account", "user", "name", "partition"]

    func admit(_ value: Text, _ keys: String...) -> Bool {
        keys.allSatisfy { wanted[$0]?.containsIgnoringCase(value) ?? true }
    }

    func admit(_ association: Association, in cluster: Cluster) -> Bool {
        guard admit(cluster.accounts[association.account].name, "account") else { return false }
        let user = association.user.exists ? cluster.users[association.user].name : .empty
        let partition = association.partition.exists ? cluster.partitions[association.partition].name : .empty
        return admit(user, "user") && admit(partition, "partition")
    }
}
