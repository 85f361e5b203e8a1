import Metrics
import Slurm

/// An answer that has come to its end, and what there is to judge it by.
struct ReceivedAnswer: Sendable {
    var feed: Feed
    var status: Int
    /// What the body says; empty where it is no answer of slurmrestd's.
    var answer = Answer()
    /// Why the body is no answer of slurmrestd's; nil if it is one.
    var fault: AnswerError?
    /// The first bytes of the body.
    var text = ""
}

extension ReceivedAnswer {
    /// Passes an answer that can be used.
    ///
    /// The status comes first, and it is not the last word: a 200 can be a failure, and a 500 can carry the whole answer.
    func check() throws(UpstreamError) {
        try checkErrors()
        if status == 200 { try checkRecords() }
    }

    /// Passes an answer that is no failure, whatever records it has.
    func checkErrors() throws(UpstreamError) {
        switch status {
        case 200: try checkSuccess()
        case 204 where feed.emptiness == .usual: return
        case 204, 304: throw failure(.empty, "\(status) instead of an answer")
        case 401, 403, 511: throw failure(.auth, complaint)
        case 404 where errors.isEmpty: throw failure(.version, complaint)
        case 500 where isWholeAnswer || isEmptyList: return
        default: throw refusal
        }
    }

    /// What is wrong with an answer that can be used all the same.
    var caveat: String? { status == 500 && !isEmptyList ? complaint : nil }

    var records: Int { answer.recordCount ?? 0 }

    private var errors: [Answer.Problem] { answer.errors.filter(\.isReal) }

    /// slurmrestd 22.05 answers for an empty list of slurmdbd's with 500, or with 200 and an error.
    private var isEmptyList: Bool {
        fault == nil && feed.plugin == .accounting && records == 0 && feed.emptiness == .usual && !errors.isEmpty
            && errors.allSatisfy(\.saysNothingFound)
    }

    private func checkSuccess() throws(UpstreamError) {
        if let fault { throw failure(UpstreamError(fault).kind, UpstreamError(fault).reason) }
        if !errors.isEmpty, !isEmptyList { throw refusal }
    }

    private func checkRecords() throws(UpstreamError) {
        guard answer.recordCount != nil || isEmptyList else { throw failure(.empty, "an answer without \(feed)") }
        guard records == 0, feed.emptiness != .usual else { return }
        if answer.lastUpdate?.seconds == 0 { throw failure(.empty, "nothing, last updated never\(hint)") }
        if feed.emptiness == .impossible || !answer.warnings.isEmpty { throw failure(.empty, "nothing\(hint)") }
    }

    private var hint: String { answer.warnings.first.map { ": \($0.text)" } ?? "" }

    /// slurmrestd 26.11 answers for partitions with 500 and the complete list when slurmdbd is down. A list that is there
    /// to its last bracket is worth more than such a status.
    private var isWholeAnswer: Bool {
        fault == nil && records > 0 && feed.emptiness != .impossible && errors.allSatisfy { $0.kind == .databaseDown }
    }
}

extension ReceivedAnswer {
    private var refusal: UpstreamError {
        let kinds = errors.map(\.kind)
        let known = Self.precedence.first { kinds.contains($0) }
        return failure(known ?? (kinds.isEmpty || saysItAll ? kindByStatus : .slurm), complaint)
    }

    /// A server that is busy, or stands before slurmrestd, has no more to say than its status.
    private var saysItAll: Bool { status == 429 || status == 502 || status == 503 }

    /// Of several errors the one that explains the others.
    private static let precedence: [UpstreamError.Kind] = [.auth, .denied, .controllerDown, .databaseDown]

    /// slurmrestd's own 504 is about the controller; that of a proxy is not JSON.
    private var kindByStatus: UpstreamError.Kind {
        // slurmrestd 25.11.0 answers wrong headers with 500 and this as plain text.
        if fault != nil, text.contains("Authentication does not apply") { return .auth }
        return status == 504 && fault == nil ? .controllerDown : .http
    }

    private var complaint: String {
        if !errors.isEmpty { return errors.map(\.complaint).joined(separator: "; ") }
        return text.isEmpty || fault == nil ? "status \(status)" : "status \(status): \(text)"
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
}
