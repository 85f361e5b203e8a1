import Configuration

/// As whom Slurm is asked.
struct Credentials: Sendable {
    let user: String?
    let token: Secret?
    let authentication: RestSettings.Authentication

    init(_ settings: RestSettings) {
        user = settings.user
        token = settings.token
        authentication = settings.authentication
    }

    /// The token as it is now: one in a file can have been replaced.
    func reveal() throws(UpstreamError) -> String? {
        do {
            return try token?.reveal()
        } catch {
            throw UpstreamError(.auth, "no token: \(error)")
        }
    }

    /// slurmrestd refuses a request with both kinds of headers; and before 23.02 it knows only the first, and wants the user
    /// in them although the token names him.
    func fields(_ token: String?) -> [(name: String, value: String)] {
        switch authentication {
        case .headers:
            let user = user ?? token.flatMap { JSONWebToken($0)?.user }.flatMap { $0.isOneWord ? $0 : nil }
            return [("X-SLURM-USER-NAME", user), ("X-SLURM-USER-TOKEN", token)].compactMap { name, value in
                value.map { (name, $0) }
            }
        case .bearer: return token.map { [("Authorization", "Bearer \($0)")] } ?? []
        }
    }
}

extension String {
    /// Whether it can stand in a header as it is.
    fileprivate var isOneWord: Bool { !isEmpty && utf8.allSatisfy { (0x21...0x7E).contains($0) } }
}
