import SimulatedCluster

/// scontrol: records of the controller in full, its configuration, and whether it answers.
struct Scontrol {
    private enum Key { case all, clusters, details, future, help, hide, ignored, ignoredValue, json, oneLine, version }

    private static let options: [Option<Key>] = [
        Option(.all, "a", "all"), Option(.details, "d", "details"), Option(.help, "h", "help", "usage"),
        Option(.clusters, "M", "cluster", "clusters", argument: .required), Option(.future, "F", "future"),
        Option(.oneLine, "o", "oneliner"), Option(.ignored, "Q", "quiet"),
        Option(.ignoredValue, "u", "uid", argument: .required), Option(.ignored, "v", "verbose"),
        Option(.version, "V", "version"), Option(.ignored, nil, "federation"), Option(.hide, nil, "hide"),
        Option(.ignored, nil, "local"), Option(.ignored, nil, "sibling"),
        Option(.json, nil, "json", argument: .optional), Option(.json, nil, "yaml", argument: .optional),
    ]

    private var answer = WordsAnswer.words
    private var words: [Text]
    private var all = false
    private var details = false
    private var future = false
    private var oneLine = false

    init(_ session: Session, _ arguments: ArraySlice<Text>) throws(CommandFailure) {
        let line = try CommandLine(arguments, of: session.program, knowing: Self.options)
        words = line.operands
        for (key, value) in line.options {
            switch key {
            case .all: all = true
            case .hide: all = false
            case .details: details = true
            case .future: future = true
            case .oneLine: oneLine = true
            case .clusters: try session.checkClusters(value)
            case .version: answer = .version
            case .help: answer = .help
            case .json: throw session.refuseJSON()
            case .ignored, .ignoredValue: break
            }
        }
    }

    func run(_ session: inout Session) throws(CommandFailure) {
        try answer.give(&session, to: words, obey)
    }

    private func obey(_ verb: Text, _ session: inout Session) throws(CommandFailure) {
        if verb.abbreviates("ping", atLeast: 3) {
            ping(&session)
        } else if verb.abbreviates("version", atLeast: 4) {
            session.printVersion()
        } else if verb.abbreviates("show", atLeast: 2) {
            guard words.count > 1 else { throw CommandFailure("too few arguments for keyword:\(verb.repaired)\n") }
            try show(words[1], words.dropFirst(2), &session)
        } else {
            throw CommandFailure("invalid keyword: \(verb.repaired)\n")
        }
    }

    private func show(
        _ entity: Text, _ names: ArraySlice<Text>, _ session: inout Session
    ) throws(CommandFailure) {
        let name = names.first
        if entity.abbreviates("nodes", atLeast: 3) {
            try showNodes(name, &session)
        } else if entity.abbreviates("partitions", atLeast: 3) {
            try showPartitions(name, &session)
        } else if entity.abbreviates("reservations", atLeast: 3) {
            try showReservations(name, &session)
        } else if entity.abbreviates("licenses", atLeast: 3) {
            showLicenses(name, &session)
        } else if entity.abbreviates("jobs", atLeast: 3) {
            try showJobs(name, &session)
        } else if entity.abbreviates("config", atLeast: 1) {
            ShowConfig(report: session.report).append(to: &session.output)
            ping(&session)
        } else {
            throw CommandFailure("invalid entity:\(entity.repaired) for keyword:show \n")
        }
    }

    private func showNodes(_ wanted: Text?, _ session: inout Session) throws(CommandFailure) {
        let report = session.report
        let show = ShowNode(report: report, text: RecordText(oneLine: oneLine), details: details)
        var found = 0
        for node in report.cluster.nodes where future || node.state.base != .future {
            if let wanted, !isNamed(node, wanted, report) { continue }
            found += 1
            show.append(node, to: &session.output.bytes)
            session.output.flushIfFull()
        }
        if let wanted, found == 0 { throw notFound("Node", wanted, &session) }
    }

    private func isNamed(_ node: Node, _ names: Text, _ report: Report) -> Bool {
        var name: [UInt8] = []
        report.append(nameOf: node, to: &name)
        return names.listed.contains(Text(bytes: name))
    }

    private func showPartitions(_ wanted: Text?, _ session: inout Session) throws(CommandFailure) {
        let report = session.report
        let show = ShowPartition(report: report, text: RecordText(oneLine: oneLine))
        var found = 0
        for partition in report.cluster.partitions where report.isShown(partition, all: all || wanted != nil) {
            if let wanted, partition.name != wanted { continue }
            found += 1
            show.append(partition, to: &session.output.bytes)
        }
        if let wanted, found == 0 { throw notFound("Partition", wanted, &session) }
    }

    private func showReservations(_ wanted: Text?, _ session: inout Session) throws(CommandFailure) {
        let report = session.report
        let show = ShowReservation(report: report, text: RecordText(oneLine: oneLine))
        let reservations = report.cluster.reservations.filter { $0.exists && (wanted == nil || $0.name == wanted) }
        for reservation in reservations { show.append(reservation, to: &session.output.bytes) }
        guard reservations.isEmpty else { return }
        guard let wanted else { return session.output.print("No reservations in the system") }
        throw notFound("Reservation", wanted, &session)
    }

    private func showLicenses(_ wanted: Text?, _ session: inout Session) {
        let show = ShowLicense(report: session.report, oneLine: oneLine)
        let licenses = session.report.cluster.licenses.sorted { $0.name < $1.name }
        for license in licenses where wanted == nil || license.name == wanted {
            show.append(license, to: &session.output.bytes)
        }
        if licenses.isEmpty { session.output.print("No licenses configured in Slurm.") }
    }

    private func showJobs(_ wanted: Text?, _ session: inout Session) throws(CommandFailure) {
        let report = session.report
        let selection = try wanted.map { name throws(CommandFailure) in try select(name) }
        let show = ShowJob(report: report, text: RecordText(oneLine: oneLine), showsDetails: details)
        var found = 0
        for job in report.cluster.jobs {
            guard selection.map({ $0.matches(job) }) ?? isShown(job, report) else { continue }
            found += 1
            show.append(job, to: &session.output.bytes)
            session.output.flushIfFull()
        }
        guard found == 0 else { return }
        if selection != nil { throw CommandFailure("slurm_load_jobs error: Invalid job id specified\n") }
        session.output.print("No jobs in the system")
    }

    private func select(_ name: Text) throws(CommandFailure) -> JobSelection {
        guard let selection = JobSelection(name) else {
            throw CommandFailure("slurm_load_jobs error: Invalid job id specified\n")
        }
        return selection
    }

    private func isShown(_ job: Job, _ report: Report) -> Bool {
        all || report.cluster.partitions(of: job).contains { !report.cluster.partitions[$0].flags.contains(.hidden) }
    }

    /// Said on standard output, with an exit code all the same.
    private func notFound(_ kind: String, _ name: Text, _ session: inout Session) -> CommandFailure {
        session.output.print("\(kind) \(name.repaired) not found")
        return CommandFailure("")
    }

    private func ping(_ session: inout Session) {
        let controllers = session.report.cluster.controllers
        for controller in controllers {
            let backup = controllers.count == 2 ? "backup" : "backup\(controller.rank)"
            let role = controller.rank == 0 ? "primary" : backup
            session.output.bytes.append(contentsOf: "Slurmctld(\(role)) at ".utf8)
            session.output.bytes.append(controller.host)
            session.output.print(" is \(controller.isResponding ? "UP" : "DOWN")")
        }
        if !controllers.contains(where: \.isResponding) { session.code = 1 }
    }
}

extension Text {
    /// Whether this is the beginning of a word, whatever the case, and long enough; the plural's s may be missing.
    func abbreviates(_ word: String, atLeast length: Int) -> Bool {
        let own = repaired.lowercased()
        return own.utf8.count >= length && word.lowercased().hasPrefix(own)
    }
}
