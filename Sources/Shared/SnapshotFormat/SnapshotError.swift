public import Metrics

/// Why bytes are no document.
public enum SnapshotError: Error, Hashable, Sendable {
    /// A JSON line that can't be understood.
    case header(line: Int, String)
    case series(line: Int, InvalidSeriesLine)
    case mark(line: Int)
    /// A line that may not stand where it does.
    case misplaced(line: Int)
    /// Of a version that this program doesn't read.
    case version(Int)
    /// It ends before its end.
    case truncated
    /// What came is not as much as the end says.
    case incomplete
    case tooLarge(String)

    /// One of a few words, for metrics.
    public var label: String {
        switch self {
        case .header: "header"
        case .series: "series"
        case .mark: "mark"
        case .misplaced: "misplaced"
        case .version: "version"
        case .truncated: "truncated"
        case .incomplete: "incomplete"
        case .tooLarge: "too_large"
        }
    }
}

extension SnapshotError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .header(let line, let reason): "line \(line): \(reason)"
        case .series(let line, .labels):
            "line \(line): labels that are not those of the family, or not written as they should be"
        case .series(let line, .number): "line \(line): not the numbers that such a series has"
        case .series(let line, .repeated): "line \(line): the series is there already"
        case .mark(let line): "line \(line): not the numbers that a mark has"
        case .misplaced(let line): "line \(line): nothing like it may stand there"
        case .version(let version): "version \(version) is not one that can be read"
        case .truncated: "it ends early"
        case .incomplete: "it is not as much as its end says"
        case .tooLarge(let what): "\(what) exceeds the limit"
        }
    }
}
