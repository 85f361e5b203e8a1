public enum LogFormat: String, CaseIterable, Sendable {
    /// `time=… level=info component=upstream msg="slow answer" took=1.25s`
    case logfmt
    /// One object a line, with the same names.
    case json

    /// The line with its newline, which is the only control character in it.
    func line(_ record: LogRecord) -> [UInt8] {
        var line = LogLine()
        switch self {
        case .logfmt: line.appendLogfmt(record.line)
        case .json: line.appendJSON(record.line)
        }
        line.append("\n")
        return line.bytes
    }
}
