import SimulatedCluster

/// sacct: jobs and steps from the accounting database.
struct Sacct {
    private enum Key {
        case accounts, allUsers, allocations, brief, clusters, delimiter, duplicates, end, format, help, helpFormat
        case ignored, ignoredValue, jobs, json, long, names, noConvert, noHeader, parsable, parsable2, partitions, qos
        case start, states, units, users, version, wckeys
    }

    private static let options: [Option<Key>] = [
        Option(.allUsers, "a", "allusers"), Option(.accounts, "A", "accounts", argument: .required),
        Option(.allocations, "X", "allocations"), Option(.brief, "b", "brief"), Option(.ignored, nil, "array"),
        Option(.ignoredValue, "C", "constraints", argument: .required),
        Option(.delimiter, nil, "delimiter", argument: .required), Option(.duplicates, "D", "duplicates"),
        Option(.helpFormat, "e", "helpformat", "help-fields"), Option(.end, "E", "endtime", argument: .required),
        Option(.ignoredValue, "F", "flags", argument: .required),
        Option(.ignoredValue, "g", "gid", "group", argument: .required), Option(.help, "h", "help"),
        Option(.help, "U", "usage"), Option(.jobs, "j", "jobs", argument: .required), Option(.long, "l", "long"),
        Option(.ignored, "L", "allclusters"), Option(.clusters, "M", "cluster", "clusters", argument: .required),
        Option(.ignoredValue, "N", "nodelist", argument: .required), Option(.noConvert, nil, "noconvert"),
        Option(.units, nil, "units", argument: .required), Option(.noHeader, "n", "noheader"),
        Option(.names, nil, "name", argument: .required),
        Option(.format, "o", "fields", "format", argument: .required), Option(.parsable, "p", "parsable"),
        Option(.parsable2, "P", "parsable2"), Option(.qos, "q", "qos", argument: .required),
        Option(.partitions, "r", "partition", argument: .required),
        Option(.ignoredValue, "R", "reason", argument: .required),
        Option(.states, "s", "state", argument: .required), Option(.start, "S", "starttime", argument: .required),
        Option(.ignored, "T", "truncate"), Option(.users, "u", "uid", "user", argument: .required),
        Option(.ignored, nil, "use-local-uid"), Option(.ignored, "v", "verbose"), Option(.version, "V", "version"),
        Option(.wckeys, "W", "wckeys", argument: .required), Option(.ignored, nil, "federation"),
        Option(.ignored, nil, "local"), Option(.ignored, nil, "whole-hetjob", argument: .optional),
        Option(.ignoredValue, "x", "associations", argument: .required), Option(.ignored, nil, "expand-patterns"),
        Option(.json, nil, "json", argument: .optional), Option(.json, nil, "yaml", argument: .optional),
    ]

    private enum Answer { case records, version, help, fields }

    private var answer = Answer.records
    private var style = TableStyle()
    private var filter = AccountingFilter()
    private var format: Text
    private var showsSteps = true
    private var showsDuplicates = false
    private var convertsUnits = true
    private var units: UnitChoice?

    init(_ session: Session, _ arguments: ArraySlice<Text>) throws(CommandFailure) {
        format = session.environment["SACCT_FORMAT"].map { Text(stringLiteral: $0) } ?? AccountingFields.usual
        let line = try CommandLine(arguments, of: session.program, knowing: Self.options)
        for (key, value) in line.options { try take(key, value, session) }
    }

    private mutating func take(_ key: Key, _ value: Text, _ session: Session) throws(CommandFailure) {
        switch key {
        case .accounts: filter.accounts = value.listed
        case .users: filter.users = value.listed
        case .partitions: filter.partitions = value.listed
        case .qos: filter.qos = value.listed
        case .names: filter.names = value.listed
        case .wckeys: filter.wckeys = value.listed
        case .jobs: filter.jobs = value.listed.compactMap { JobSelection($0) }
        case .states: try takeStates(value, session)
        case .start: filter.start = try time(value, session)
        case .end: filter.end = try time(value, session)
        case .format: format = value
        case .brief: format = AccountingFields.brief
        case .long: format = Text(stringLiteral: AccountingFields.all.map(\.name).joined(separator: ","))
        case .allocations: showsSteps = false
        case .duplicates: showsDuplicates = true
        case .noConvert: convertsUnits = false
        case .units: units = value.bytes.first.flatMap { Unit(letter: $0) }.map { .fixed($0) }
        case .noHeader: style.hasHeader = false
        case .parsable: style.ending = .everyField
        case .parsable2: style.ending = .betweenFields
        case .delimiter: style.delimiter = value.bytes
        case .clusters: try session.checkClusters(value)
        case .version: answer = .version
        case .help: answer = .help
        case .helpFormat: answer = .fields
        case .json: throw session.refuseJSON()
        case .allUsers, .ignored, .ignoredValue: break
        }
    }

    private mutating func takeStates(_ names: Text, _ session: Session) throws(CommandFailure) {
        var wanted = JobStates.Wanted()
        for name in names.listed where !JobStates.add(name, to: &wanted) {
            throw CommandFailure("\(session.program): fatal: unrecognized job state value \(name.repaired)\n")
        }
        filter.states = wanted.bases
    }

    private func time(_ text: Text, _ session: Session) throws(CommandFailure) -> Timestamp {
        guard let time = SlurmTime.read(text.repaired, now: session.report.cluster.now) else {
            throw CommandFailure("\(session.program): error: Invalid time specification (pos=0): \(text.repaired)\n")
        }
        return time
    }

    func run(_ session: inout Session) throws(CommandFailure) {
        switch answer {
        case .version: session.printVersion()
        case .help: session.printHelp()
        case .fields: printFields(&session)
        case .records: try printRecords(&session)
        }
    }

    /// Four names a line, as `sacct -e` lists them.
    private func printFields(_ session: inout Session) {
        let names = AccountingFields.all.filter { $0.releases.contains(session.report.release) }.map(\.name)
        for start in stride(from: 0, to: names.count, by: 4) {
            let row = names[start..<min(start + 4, names.count)]
            session.output.print(row.map { $0 + String(repeating: " ", count: max(0, 19 - $0.utf8.count)) }.joined())
        }
    }

    private func printRecords(_ session: inout Session) throws(CommandFailure) {
        session.report.convertsUnits = convertsUnits
        session.report.units = units
        let report = session.report
        var unknown = Text.empty
        guard let table = Table(format, of: AccountingFields.all, report.release, style: style, unknown: &unknown)
        else { throw .error(session.program, "Invalid field requested: \"\(unknown.repaired)\"") }
        table.append(headerTo: &session.output)
        let filter = filter.completed(now: report.cluster.now)
        if let start = filter.start, let end = filter.end, start > end { throw timesCross(start, end, session) }
        let lines = AccountingRecords(cluster: report.cluster).lines(duplicates: showsDuplicates) {
            filter.admits($0, in: report.cluster)
        }
        for line in lines {
            table.append(line, report, to: &session.output)
            guard showsSteps else { continue }
            for step in line.record.steps {
                table.append(
                    AccountingLine(record: line.record, job: line.job, step: step), report, to: &session.output)
            }
        }
    }

    private func timesCross(_ start: Timestamp, _ end: Timestamp, _ session: Session) -> CommandFailure {
        func text(_ time: Timestamp) -> String {
            var buffer: [UInt8] = []
            session.report.clock.append(time, to: &buffer)
            return String(decoding: buffer, as: UTF8.self)
        }
        return .error(
            session.program, "Start time (\(text(start))) requested is after end time (\(text(end))).")
    }
}
