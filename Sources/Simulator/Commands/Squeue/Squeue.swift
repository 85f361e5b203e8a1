import SimulatedCluster

/// squeue: the controller's jobs, one a line.
struct Squeue {
    private enum Key {
        case all, array, accounts, clusters, format, longFormat, help, hide, ignored, ignoredValue, jobs, json, long
        case names, noConvert, noHeader, partitions, qos, reservation, sort, start, states, steps, users, version
    }

    private static let options: [Option<Key>] = [
        Option(.accounts, "A", "accounts", argument: .required), Option(.accounts, "U", argument: .required),
        Option(.all, "a", "all"), Option(.array, "r", "array"), Option(.noHeader, "h", "noheader"),
        Option(.clusters, "M", "cluster", "clusters", argument: .required),
        Option(.format, "o", "format", argument: .required),
        Option(.longFormat, "O", "Format", argument: .required), Option(.hide, nil, "hide"),
        Option(.ignoredValue, "i", "iterate", argument: .required),
        Option(.ignoredValue, "L", "licenses", argument: .required),
        Option(.ignoredValue, "w", "node", "nodes", "nodelist", argument: .required),
        Option(.jobs, "j", "jobs", argument: .optional), Option(.long, "l", "long"),
        Option(.names, "n", "name", argument: .required), Option(.noConvert, nil, "noconvert"),
        Option(.partitions, "p", "partitions", argument: .required), Option(.ignored, "P", "priority"),
        Option(.qos, "q", "qos", argument: .required),
        Option(.reservation, "R", "reservation", argument: .required),
        Option(.sort, "S", "sort", argument: .required), Option(.start, nil, "start"),
        Option(.steps, "s", "steps", argument: .optional), Option(.states, "t", "states", argument: .required),
        Option(.users, "u", "user", "users", argument: .required), Option(.ignored, "v", "verbose"),
        Option(.version, "V", "version"), Option(.ignored, nil, "federation"), Option(.ignored, nil, "local"),
        Option(.ignored, nil, "sib", "sibling"), Option(.ignored, nil, "me"), Option(.ignored, nil, "notme"),
        Option(.ignored, nil, "only-job-state"), Option(.ignored, nil, "expand-patterns"),
        Option(.json, nil, "json", argument: .optional), Option(.json, nil, "yaml", argument: .optional),
        Option(.help, nil, "help"), Option(.help, nil, "usage"),
    ]

    private static let usualFormat: Text = "%.18i %.9P %.8j %.8u %.2t %.10M %.6D %R"
    private static let longFormat: Text = "%.18i %.9P %.8j %.8u %.8T %.10M %.9l %.6D %R"
    private static let startFormat: Text = "%.18i %.9P %.8j %.8u %.2t %.19S %.6D %20Y %R"

    private enum Answer { case jobs, version, help }

    private var answer = Answer.jobs
    private var filter = JobFilter()
    private var order: Text?
    private var format: (text: Text, isLong: Bool)?
    private var hasHeader = true
    private var clusters: Text?
    private var expandsArrays = false
    private var convertsUnits = true
    private var isLong = false
    private var isStart = false

    init(_ session: Session, _ arguments: ArraySlice<Text>) throws(CommandFailure) {
        takeDefaults(session.environment)
        let line = try CommandLine(arguments, of: session.program, knowing: Self.options)
        for (key, value) in line.options { try take(key, value, session) }
        guard line.operands.isEmpty else {
            throw .error(session.program, "Unrecognized option: \(line.operands[0].repaired)")
        }
    }

    private mutating func takeDefaults(_ environment: [String: String]) {
        if environment["SQUEUE_ALL"] != nil { filter.allPartitions = true }
        if environment["SQUEUE_ARRAY"] != nil { expandsArrays = true }
        if let text = environment["SQUEUE_FORMAT"] { format = (Text(stringLiteral: text), false) }
        if let text = environment["SQUEUE_FORMAT2"], format == nil { format = (Text(stringLiteral: text), true) }
        if let text = environment["SQUEUE_SORT"] { order = Text(stringLiteral: text) }
    }

    private mutating func take(_ key: Key, _ value: Text, _ session: Session) throws(CommandFailure) {
        switch key {
        case .all: filter.allPartitions = true
        case .hide: filter.allPartitions = false
        case .array: expandsArrays = true
        case .noHeader: hasHeader = false
        case .noConvert: convertsUnits = false
        case .long: isLong = true
        case .start: isStart = true
        case .format: format = (value, false)
        case .longFormat: format = (value, true)
        case .sort: order = value
        case .accounts: filter.accounts = value.listed
        case .users: filter.users = value.listed
        case .partitions: filter.partitions = value.listed
        case .qos: filter.qos = value.listed
        case .names: filter.names = value.listed
        case .reservation: filter.reservations = value.listed
        case .states: try takeStates(value, session)
        case .jobs: try takeJobs(value, session)
        case .clusters: clusters = value
        case .version: answer = .version
        case .help: answer = .help
        case .json: throw session.refuseJSON()
        case .steps: throw .error(session.program, "the simulated squeue doesn't list steps; sacct does")
        case .ignored, .ignoredValue: break
        }
    }

    private mutating func takeStates(_ names: Text, _ session: Session) throws(CommandFailure) {
        filter.allStates = names.equalsIgnoringCase("all")
        guard !filter.allStates else { return }
        var wanted = JobStates.Wanted()
        for name in names.listed where !JobStates.add(name, to: &wanted) {
            let prefix = "\(session.program): error: "
            throw CommandFailure(
                "\(prefix)Invalid job state specified: \(name.repaired)\n"
                    + "\(prefix)Valid job states include: \(JobStates.list(session.report.release))\n\n")
        }
        filter.states = wanted
    }

    private mutating func takeJobs(_ ids: Text, _ session: Session) throws(CommandFailure) {
        var jobs: [JobSelection] = []
        for id in ids.listed {
            guard let job = JobSelection(id) else { throw .error(session.program, "Invalid job id: \(id.repaired)") }
            jobs.append(job)
        }
        filter.jobs = jobs.isEmpty ? nil : jobs
    }

    func run(_ session: inout Session) throws(CommandFailure) {
        switch answer {
        case .version: session.printVersion()
        case .help: session.printHelp()
        case .jobs: try printJobs(&session)
        }
    }

    private func printJobs(_ session: inout Session) throws(CommandFailure) {
        session.report.convertsUnits = convertsUnits
        try checkUsers(session)
        if let clusters {
            try session.checkClusters(clusters)
            if hasHeader { session.output.print("CLUSTER: \(session.report.cluster.parameters.name.repaired)") }
        } else if isLong, hasHeader {
            Clock.append(ctime: session.report.cluster.now, to: &session.output.bytes)
            session.output.endLine()
        }
        let format = columns(session.report.release)
        for field in format.unknown { session.complain("Invalid job format specification: \(field.repaired)") }
        if hasHeader {
            session.output.bytes.append(headersOf: format.columns)
            session.output.endLine()
        }
        let report = session.report
        for line in lines(of: report.cluster) { print(line, format.columns, report, to: &session.output) }
    }

    private func checkUsers(_ session: Session) throws(CommandFailure) {
        for name in filter.users ?? [] where name.number == nil {
            guard session.report.cluster.users.contains(where: { $0.name == name }) else {
                throw .error(session.program, "Invalid user: \(name.repaired)\n")
            }
        }
    }

    private func columns(_ release: Release) -> ColumnFormat<JobLine> {
        let format = self.format ?? (isStart ? Self.startFormat : isLong ? Self.longFormat : Self.usualFormat, false)
        return format.isLong
            ? ColumnFormat(long: format.text, fields: JobFields.all, release: release)
            : ColumnFormat(short: format.text, fields: JobFields.all, release: release)
    }

    /// The chosen records in order, made one by one: only their positions are held.
    private func lines(of cluster: Cluster) -> some Sequence<JobLine> {
        var positions: [UInt32] = []
        for position in 0..<cluster.jobs.capacity {
            guard let job = cluster.jobs.element(at: position), filter.admits(job, in: cluster) else { continue }
            if isStart, job.state.base != .pending { continue }
            positions.append(UInt32(position))
        }
        let absorbed = expandsArrays ? [:] : WaitingTasks.absorbed(positions, in: cluster)
        let letters = order ?? (isStart ? "S" : nil)
        let sorted = (letters.map { JobOrder($0) } ?? .usual).sorted(positions, in: cluster)
        return sorted.lazy.compactMap { position -> JobLine? in
            guard let job = cluster.jobs.element(at: Int(position)) else { return nil }
            guard let tasks = absorbed[job.arrayJob], job.state.base == .pending else { return JobLine(job: job) }
            if job.arrayTasks.exists { return JobLine(job: job, absorbed: tasks) }
            return tasks.contains { $0.id == job.id } ? nil : JobLine(job: job)
        }
    }

    private func print(
        _ line: JobLine, _ columns: [Column<JobLine>], _ report: Report, to output: inout Stream
    ) {
        guard expandsArrays, line.job.arrayTasks.exists else {
            output.bytes.append(line, columns, report)
            return output.endLine()
        }
        var task = line
        task.job.arrayTasks = .none
        for id in report.cluster.taskSets[line.job.arrayTasks].ids {
            task.job.arrayTask = id
            output.bytes.append(task, columns, report)
            output.endLine()
        }
    }
}

/// Waiting tasks of arrays that have records of their own: without `-r` squeue shows them with the unstarted ones.
private enum WaitingTasks {
    static func absorbed(_ positions: [UInt32], in cluster: Cluster) -> [UInt32: [Job]] {
        var arrays: [UInt32: Job] = [:]
        for position in positions {
            guard let job = cluster.jobs.element(at: Int(position)), job.arrayTasks.exists else { continue }
            if job.state.base == .pending { arrays[job.arrayJob] = job }
        }
        guard !arrays.isEmpty else { return [:] }
        var absorbed: [UInt32: [Job]] = [:]
        for position in positions {
            guard let job = cluster.jobs.element(at: Int(position)), job.state.base == .pending,
                job.arrayTaskID != nil, let array = arrays[job.arrayJob], array.resembles(job)
            else { continue }
            absorbed[job.arrayJob, default: []].append(job)
        }
        return absorbed
    }
}

extension Job {
    fileprivate func resembles(_ other: Job) -> Bool {
        script == other.script && requestedPartitions == other.requestedPartitions
    }
}
