import Slurm

extension Answer.Problem {
    /// A node that isn't there, for example, is answered with an error that has the number of success.
    var isReal: Bool { number != 0 }

    /// What slurmdbd's list is empty of: up to API version 0.0.38 that is an error.
    var saysNothingFound: Bool { number == 9003 }

    /// All that it says, in a line.
    var complaint: String {
        let texts = [text, source].filter { !$0.isEmpty }
        let whole = texts.isEmpty ? "an error without a text" : texts.joined(separator: ", ")
        return number.map { "\(whole) (\($0))" } ?? whole
    }

    /// What it means for the question.
    var kind: UpstreamError.Kind {
        switch number {
        case 1007: .auth
        case 2002: .denied
        case 1800, 1801, 1802, 1803, 5004: .controllerDown
        case 7000: .databaseDown
        default: kindByText
        }
    }

    private var kindByText: UpstreamError.Kind {
        let text = complaint.lowercased()
        if text.contains("authentication") { return .auth }
        if text.contains("slurmdbd") || text.contains("database") { return .databaseDown }
        return .slurm
    }
}
