import SimulatedCluster

/// sinfo: partitions and their nodes.
struct Sinfo {
    private enum Key {
        case all, clusters, dead, exact, format, future, help, hide, ignored, ignoredValue, json, long, longFormat
        case noConvert, noHeader, node, nodes, partitions, reasons, reservations, responding, states, summary, version
    }

    private static let options: [Option<Key>] = [
        Option(.all, "a", "all"), Option(.dead, "d", "dead"), Option(.exact, "e", "exact"),
        Option(.future, "F", "future"), Option(.help, nil, "help"), Option(.help, nil, "usage"),
        Option(.hide, nil, "hide"), Option(.ignoredValue, "i", "iterate", argument: .required),
        Option(.ignored, nil, "local"), Option(.ignored, nil, "federation"), Option(.long, "l", "long"),
        Option(.clusters, "M", "cluster", "clusters", argument: .required),
        Option(.nodes, "n", "nodes", argument: .required), Option(.noConvert, nil, "noconvert"),
        Option(.noHeader, "h", "noheader"), Option(.node, "N", "Node"),
        Option(.format, "o", "format", argument: .required),
        Option(.longFormat, "O", "Format", argument: .required),
        Option(.partitions, "p", "partition", argument: .required), Option(.responding, "r", "responding"),
        Option(.reasons, "R", "list-reasons"), Option(.summary, "s", "summarize"),
        Option(.ignoredValue, "S", "sort", argument: .required),
        Option(.states, "t", "states", argument: .required), Option(.reservations, "T", "reservation"),
        Option(.ignored, "v", "verbose"), Option(.version, "V", "version"),
        Option(.json, nil, "json", argument: .optional), Option(.json, nil, "yaml", argument: .optional),
    ]

    private enum Answer { case nodes, reservations, version, help }

    private var answer = Answer.nodes
    private var grouping = NodeGrouping()
    private var format: (text: Text, isLong: Bool)?
    private(set) var hasHeader = true
    private var isLong = false
    private var isSummary = false
    private var isExact = false
    private var clusters: Text?
    private var convertsUnits = true

    init(_ session: Session, _ arguments: ArraySlice<Text>) throws(CommandFailure) {
        if session.environment["SINFO_ALL"] != nil { grouping.allPartitions = true }
        let line = try CommandLine(arguments, of: session.program, knowing: Self.options)
        for (key, value) in line.options { try take(key, value, session) }
        if grouping.listsReasons, grouping.states == nil { grouping.states = ["down", "fail", "drain"] }
        if format == nil, !isSummary, !grouping.isByNode, !grouping.listsReasons {
            format = session.environment["SINFO_FORMAT"].map { (Text(stringLiteral: $0), false) }
        }
    }

    private mutating func take(_ key: Key, _ value: Text, _ session: Session) throws(CommandFailure) {
        switch key {
        case .all: grouping.allPartitions = true
        case .hide: grouping.allPartitions = false
        case .dead: grouping.onlyDead = true
        case .responding: grouping.onlyResponding = true
        case .future: grouping.showsFuture = true
        case .node: grouping.isByNode = true
        case .nodes: grouping.nodes = value.listed
        case .partitions: grouping.partitions = value.listed
        case .states: grouping.states = value.listed
        case .reasons: grouping.listsReasons = true
        case .exact: isExact = true
        case .summary: isSummary = true
        case .long: isLong = true
        case .noConvert: convertsUnits = false
        case .noHeader: hasHeader = false
        case .format: format = (value, false)
        case .longFormat: format = (value, true)
        case .clusters: clusters = value
        case .reservations: answer = .reservations
        case .version: answer = .version
        case .help: answer = .help
        case .json: throw session.refuseJSON()
        case .ignored, .ignoredValue: break
        }
    }

    func run(_ session: inout Session) throws(CommandFailure) {
        session.report.convertsUnits = convertsUnits
        switch answer {
        case .version: session.printVersion()
        case .help: session.printHelp()
        case .reservations: printReservations(&session)
        case .nodes: try printNodes(&session)
        }
    }

    private func printNodes(_ session: inout Session) throws(CommandFailure) {
        if isLong, hasHeader {
            Clock.append(ctime: session.report.cluster.now, to: &session.output.bytes)
            session.output.endLine()
        }
        if let clusters {
            try session.checkClusters(clusters)
            if hasHeader { session.output.print("CLUSTER: \(session.report.cluster.parameters.name.repaired)") }
        }
        let (columns, unknown) = requestedColumns(session.report.release)
        for field in unknown { session.complain(field) }
        var grouping = grouping
        grouping.distinguishing = columns.compactMap(\.field).filter {
            isExact || NodeFields.distinguishing.contains($0.name.lowercased())
        }
        let groups = grouping.groups(session.report)
        let fitted = fit(columns, to: groups, session.report)
        if hasHeader {
            session.output.bytes.append(headersOf: fitted)
            session.output.endLine()
        }
        for group in groups {
            session.output.bytes.append(group, fitted, session.report)
            session.output.endLine()
        }
    }

    private func requestedColumns(_ release: Release) -> (columns: [Column<NodeGroup>], complaints: [String]) {
        guard let format, !format.isLong else {
            let wanted = ColumnFormat(
                long: self.format?.text ?? usualFormat(release), fields: NodeFields.all, release: release)
            return (wanted.columns, wanted.unknown.map { "Invalid job format specification: \($0.repaired)" })
        }
        let wanted = ColumnFormat(short: format.text, fields: NodeFields.all, release: release)
        return (wanted.columns, wanted.unknown.map { "Invalid node format specification: \($0.repaired)" })
    }

    private func usualFormat(_ release: Release) -> Text {
        if isSummary { return "partition:9 ,available:.5 ,time:.10 ,nodeaiot:.16 ,nodelist:0" }
        if grouping.isByNode {
            return isLong
                ? """
                nodelist:0 ,nodes:.6 ,partition:.9 ,statelong:.11 ,cpus:4 ,socketcorethread:.8 ,memory:.6 ,disk:.8 ,\
                weight:.6 ,features:.8 ,reason:20
                """ : "nodelist:0 ,nodes:.6 ,partition:.9 ,statecompact:6"
        }
        if grouping.listsReasons {
            return isLong
                ? "reason:20 ,userlong:12 ,timestamp:19 ,statecompact:6 ,nodelist:0"
                : "reason:20 ,user:9 ,timestamp:19 ,nodelist:0"
        }
        if isLong, release < .v2302 {
            return """
                partition:9 ,available:.5 ,time:.10 ,size:.10 ,root:.4 ,oversubscribe:.8 ,groups:.10 ,nodes:.6 ,\
                statelong:.11 ,nodelist:0
                """
        }
        return isLong
            ? """
            partition:9 ,available:.5 ,time:.10 ,size:.10 ,root:.4 ,oversubscribe:.8 ,groups:.10 ,nodes:.6 ,\
            statelong:.11 ,reservation:.11 ,nodelist:0
            """ : "partition:9 ,available:.5 ,time:.10 ,nodes:.6 ,statecompact:.6 ,nodelist:0"
    }

    /// In the usual formats, partitions are as wide as the widest, and with `-N` nodes too.
    private func fit(
        _ columns: [Column<NodeGroup>], to groups: [NodeGroup], _ report: Report
    ) -> [Column<NodeGroup>] {
        guard format == nil else { return columns }
        return columns.map { column in
            switch column.field?.name {
            case "Partition" where !grouping.listsReasons: column.widened(to: width(column, groups, report))
            case "NodeList" where grouping.isByNode: column.widened(to: width(column, groups, report))
            default: column
            }
        }
    }

    private func width(_ column: Column<NodeGroup>, _ groups: [NodeGroup], _ report: Report) -> Int {
        var text: [UInt8] = []
        return groups.reduce(9) { width, group in
            text.removeAll(keepingCapacity: true)
            column.field?.write(group, report, &text)
            return max(width, text.count)
        }
    }
}
