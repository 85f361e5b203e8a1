import SimulatedCluster

/// sdiag: what the controller counts of itself.
struct Sdiag {
    private enum Key { case clusters, help, ignored, json, reset, byID, byTime, byAverage, version }

    private static let options: [Option<Key>] = [
        Option(.ignored, "a", "all"), Option(.help, "h", "help"), Option(.help, nil, "usage"),
        Option(.byID, "i", "sort-by-id"), Option(.clusters, "M", "cluster", "clusters", argument: .required),
        Option(.ignored, nil, "no-trunc"), Option(.reset, "r", "reset"), Option(.byTime, "t", "sort-by-time"),
        Option(.byAverage, "T", "sort-by-time2"), Option(.version, "V", "version"),
        Option(.json, nil, "json", argument: .optional), Option(.json, nil, "yaml", argument: .optional),
    ]

    enum Order { case count, id, time, average }

    private enum Answer { case figures, version, help }

    private var answer = Answer.figures
    private var order = Order.count

    init(_ session: Session, _ arguments: ArraySlice<Text>) throws(CommandFailure) {
        let line = try CommandLine(arguments, of: session.program, knowing: Self.options)
        for (key, value) in line.options {
            switch key {
            case .byID: order = .id
            case .byTime: order = .time
            case .byAverage: order = .average
            case .clusters: try session.checkClusters(value)
            case .reset: throw .error(session.program, "the simulated figures can't be reset")
            case .version: answer = .version
            case .help: answer = .help
            case .json: throw session.refuseJSON()
            case .ignored: break
            }
        }
    }

    func run(_ session: inout Session) {
        switch answer {
        case .version: session.printVersion()
        case .help: session.printHelp()
        case .figures:
            SchedulerFigures(report: session.report).append(to: &session.output)
            CallTables(report: session.report, order: order).append(to: &session.output)
        }
    }
}
