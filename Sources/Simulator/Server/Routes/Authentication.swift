import HTTP
import ServiceRuntime

/// How slurmrestd finds out who asks. Only the controller looks at the token itself, so a wrong one gets further than a
/// missing one.
struct Authentication: Sendable {
    enum Verdict: Equatable, Sendable {
        case welcome
        /// The headers don't name anybody: 401, before the path is looked at.
        case unnamed
        case wrongToken
    }

    /// Nothing where everybody is welcome.
    var token: String?
    /// When the token expires.
    var expiry: MonotonicClock.Instant?

    func judge(_ fields: HTTPFields, isExpired: Bool, now: MonotonicClock.Instant) -> Verdict {
        let shown = Self.token(in: fields)
        if shown == .ambiguous { return .unnamed }
        let isOver = isExpired || expiry.map { now >= $0 } ?? false
        guard let token else { return isOver ? .wrongToken : .welcome }
        guard case .shown(let text) = shown else { return .unnamed }
        return !isOver && text == token ? .welcome : .wrongToken
    }

    private enum Shown: Equatable {
        case nothing, ambiguous
        case shown(String)
    }

    private static func token(in fields: HTTPFields) -> Shown {
        let bearer = fields["Authorization"].flatMap { text -> String? in
            text.lowercased().hasPrefix("bearer ") ? String(text.dropFirst("bearer ".count)) : nil
        }
        switch (fields["X-SLURM-USER-TOKEN"], bearer) {
        case (_?, _?): return .ambiguous
        case (let token?, nil), (nil, let token?): return .shown(token)
        case (nil, nil): return .nothing
        }
    }
}
