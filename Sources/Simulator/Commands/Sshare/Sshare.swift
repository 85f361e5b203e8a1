import SimulatedCluster

/// sshare: fair share by association, as a tree.
struct Sshare {
    private enum Key {
        case accounts, all, clusters, format, help, helpFormat, ignored, json, long, noHeader, parsable, parsable2
        case partition, onlyUsers, users, version
    }

    private static let options: [Option<Key>] = [
        Option(.accounts, "A", "accounts", argument: .required), Option(.all, "a", "all"),
        Option(.helpFormat, "e", "helpformat"), Option(.long, "l", "long"), Option(.partition, "m", "partition"),
        Option(.clusters, "M", "cluster", "clusters", argument: .required), Option(.noHeader, "n", "noheader"),
        Option(.noHeader, "h"), Option(.format, "o", "format", argument: .required),
        Option(.parsable, "p", "parsable"), Option(.parsable2, "P", "parsable2"), Option(.onlyUsers, "U", "Users"),
        Option(.users, "u", "users", argument: .required), Option(.ignored, "v", "verbose"),
        Option(.version, "V", "version"), Option(.help, nil, "help"), Option(.help, nil, "usage"),
        Option(.json, nil, "json", argument: .optional), Option(.json, nil, "yaml", argument: .optional),
    ]

    private enum Answer { case shares, version, help, fields }

    private var answer = Answer.shares
    private var style = TableStyle()
    private var format: Text?
    private var isLong = false
    private var showsPartition = false
    private var all = false
    private var onlyUsers = false
    private var users: [Text]?
    private var accounts: [Text]?

    init(_ session: Session, _ arguments: ArraySlice<Text>) throws(CommandFailure) {
        let line = try CommandLine(arguments, of: session.program, knowing: Self.options)
        for (key, value) in line.options {
            switch key {
            case .accounts: accounts = value.listed
            case .users: users = value.listed
            case .all: all = true
            case .onlyUsers: onlyUsers = true
            case .long: isLong = true
            case .partition: showsPartition = true
            case .noHeader: style.hasHeader = false
            case .parsable: style.ending = .everyField
            case .parsable2: style.ending = .betweenFields
            case .format: format = value
            case .clusters: try session.checkClusters(value)
            case .version: answer = .version
            case .help: answer = .help
            case .helpFormat: answer = .fields
            case .json: throw session.refuseJSON()
            case .ignored: break
            }
        }
    }

    func run(_ session: inout Session) throws(CommandFailure) {
        switch answer {
        case .version: session.printVersion()
        case .help: session.printHelp()
        case .fields: session.output.print(ShareFields.all.map(\.name).joined(separator: " "))
        case .shares: try printShares(&session)
        }
    }

    private func printShares(_ session: inout Session) throws(CommandFailure) {
        let report = session.report
        var unknown = Text.empty
        guard
            let table = Table(
                fieldList, of: ShareFields.all, report.release, style: style, unknown: &unknown)
        else { throw .error(session.program, "Invalid field requested: \"\(unknown.repaired)\"") }
        table.append(headerTo: &session.output)
        let rows = report.cluster.shares()
        let depths = report.cluster.depths()
        for position in report.cluster.treeOrder() {
            let association = report.cluster.associations[Ref<Association>(position)]
            guard isShown(association, report.cluster) else { continue }
            table.append(
                ShareLine(row: rows[position], association: association, depth: depths[position]), report,
                to: &session.output)
        }
    }

    private var fieldList: Text {
        if let format { return format }
        let list = isLong ? ShareFields.long : ShareFields.usual
        return showsPartition ? Text(stringLiteral: list.repaired.replacingUser) : list
    }

    /// Without `-a` sshare shows the accounts, and of the users who asks: nobody here.
    private func isShown(_ association: Association, _ cluster: Cluster) -> Bool {
        if let accounts, !accounts.contains(cluster.accounts[association.account].name) { return false }
        guard association.user.exists else { return !onlyUsers }
        if let users { return users.contains { cluster.users[association.user].isCalled($0) } }
        return all || accounts != nil
    }
}

extension String {
    fileprivate var replacingUser: String {
        split(separator: ",").flatMap { $0 == "User" ? ["User", "Partition"] : [String($0)] }.joined(separator: ",")
    }
}
