import SimulatedCluster

/// What a command does that is told so in words, such as `show nodes`.
enum WordsAnswer {
    case words, version, help

    /// - Parameter obey: is given the first of the words, if there are any.
    func give(
        _ session: inout Session, to words: [Text],
        _ obey: (Text, inout Session) throws(CommandFailure) -> Void
    ) throws(CommandFailure) {
        switch self {
        case .version: session.printVersion()
        case .help: session.printHelp()
        case .words:
            if let verb = words.first { try obey(verb, &session) }
        }
    }
}
