import Metrics
import Slurm

/// An answer that has come to its end, and what there is to judge it by.
struct ReceivedAnswer: Sendable {
    var feed: Feed
    var status: Int
    var envelope = Envelope()
    /// Whether the part that holds the records was there, empty or not.
    var hasRecords = false
    var records = 0
    /// Why the body is no answer of slurmrestd's; nil if it is one.
    var fault: AnswerError?
    /// The first bytes of a body that is no JSON.
    var text = ""
}

extension ReceivedAnswer {
    /// Passes an answer that can be used.
    ///
    /// The status comes first, and it is not the last word: a 200 can be a failure, and a 500 can carry the whole answer.
    func check() throws(UpstreamError) {
        switch status {
        case 200: try checkSuccess()
        case 204 where feed.emptiness == .usual: return
        case 204, 304: throw failure(.empty, "\(status) instead of an answer")
        case 401, 403, 511: throw failure(.auth, complaint)
        case 404 where realErrors.isEmpty: throw failure(.version, complaint)
        case 500 where isWholeAnswer: return
        default: throw refusal
        }
    }

    /// What is wrong with the answer although it can be used.
    var caveat: String? { status == 500 ? "500 with the whole answer: \(complaint)" : nil }

    var realErrors: [SlurmError] { envelope.errors.filter(\.isReal) }
}

extension ReceivedAnswer {
    private func checkSuccess() throws(UpstreamError) {
        if let fault { throw failure(UpstreamError(fault).kind, UpstreamError(fault).reason) }
        if !realErrors.isEmpty { throw refusal }
        guard hasRecords else { throw failure(.empty, "an answer without \(feed)") }
        guard records == 0, feed.emptiness != .usual else { return }
        if envelope.lastUpdate?.seconds == 0 { throw failure(.empty, "nothing, last updated never\(hint)") }
        if feed.emptiness == .impossible || !envelope.warnings.isEmpty { throw failure(.empty, "nothing\(hint)") }
    }

    private var hint: String { envelope.warnings.first.map { ": \($0)" } ?? "" }

    /// slurmrestd 26.11 answers for partitions with 500 and the complete list when slurmdbd is down, since it can't look
    /// up a name or two; a list that is there to its last bracket is worth more than that status.
    private var isWholeAnswer: Bool {
        fault == nil && records > 0 && feed.isList && realErrors.allSatisfy { $0.kind == .databaseDown }
    }

    private var refusal: UpstreamError {
        let kinds = realErrors.map(\.kind)
        let kind = Self.precedence.first { kinds.contains($0) } ?? kinds.first ?? kindByStatus
        return failure(kind, complaint)
    }

    /// Of several errors the one that explains the others.
    private static let precedence: [UpstreamError.Kind] = [.auth, .denied, .controllerDown, .databaseDown]

    private var kindByStatus: UpstreamError.Kind {
        status == 504 && fault == nil ? .controllerDown : .http
    }

    private var complaint: String {
        let texts = realErrors.map(\.description)
        if !texts.isEmpty { return texts.joined(separator: "; ") }
        return text.isEmpty ? "status \(status)" : "status \(status): \(text)"
    }

    private func failure(_ kind: UpstreamError.Kind, _ reason: String) -> UpstreamError {
        UpstreamError(kind, "\(feed.endpoint): \(reason)", status: status)
    }
}

extension Feed {
    fileprivate enum Emptiness {
        case usual
        /// There are such clusters, but an answer can look so that isn't one.
        case rare
        case impossible
    }

    fileprivate var emptiness: Emptiness {
        switch self {
        case .jobs, .nodes, .partitions: .rare
        case .diag, .ping, .dbd: .impossible
        default: .usual
        }
    }

    /// Whether an answer is a list that can be short of something.
    fileprivate var isList: Bool { emptiness != .impossible }
}
