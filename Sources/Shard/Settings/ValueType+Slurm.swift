import Configuration
import Glibc
import Slurm

extension ValueType where Value == [String] {
    static var slurmAddresses: ValueType<[String]> {
        .list(of: .slurmAddress).checked { addresses in
            if addresses.isEmpty { return "names no address" }
            return Set(addresses).count < addresses.count ? "names an address twice" : nil
        }
    }

    /// - Parameter words: in lower case; written in either.
    static func states(_ words: Set<String>, of thing: String) -> ValueType<[String]> {
        let allowed = "a state or flag of Slurm's such as \(thing == "job" ? "running" : "idle")"
        return .list(
            of: .text("\(thing) state", allowed: allowed) { text throws(Rejection) in
                words.contains(text.lowercased()) ? text.lowercased() : nil
            } write: {
                $0
            })
    }
}

extension ValueType where Value == String {
    static var slurmAddress: ValueType<String> {
        .text(
            "address", allowed: "http://host:port, https://host:port or unix:/path",
            pattern: "https?://[^\\s]+|unix:/[^\\s]+"
        ) { text throws(Rejection) in
            try SlurmAddress.normalised(text)
        } write: {
            $0
        }
    }

    static var apiVersion: ValueType<String> {
        .text("version", allowed: "a version from v0.0.38 on, such as v0.0.44", pattern: "v0\\.0\\.[0-9]{2,3}") {
            text throws(Rejection) in
            guard text.hasPrefix("v0.0."), let number = Int(text.dropFirst(5)), "v0.0.\(number)" == text else {
                return nil
            }
            guard number >= 38 else { throw Rejection("is older than any that is understood") }
            return text
        } write: {
            $0
        }
    }

    static var existingDirectory: ValueType<String> {
        .text("directory", allowed: "the absolute path of a directory", pattern: "/.+") { text throws(Rejection) in
            guard text.hasPrefix("/") else { throw Rejection("has no absolute path") }
            var status = stat()
            guard stat(text, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
                throw Rejection("is no directory", ofThisHost: true)
            }
            return text
        } write: {
            $0
        }
    }

    /// A file that is there already.
    static var readableFile: ValueType<String> {
        .text("file", allowed: "the absolute path of a file that can be read", pattern: "/.+") {
            text throws(Rejection) in
            guard text.hasPrefix("/") else { throw Rejection("has no absolute path") }
            guard access(text, R_OK) == 0 else {
                let code = errno
                throw Rejection("can't be read: \(String(cString: strerror(code)))", ofThisHost: true)
            }
            return text
        } write: {
            $0
        }
    }
}

/// Where slurmrestd can be: what comes before `/slurm/v0.0.44/jobs/`.
enum SlurmAddress {
    /// Without the slash at the end.
    static func normalised(_ text: String) throws(Rejection) -> String? {
        if !text.hasPrefix("unix:"), text.contains("@") {
            throw Rejection("has a user in it: there are keys for user and token", hidingText: true)
        }
        guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { return nil }
        if text.hasPrefix("unix:") {
            let path = text.dropFirst("unix:".count)
            guard path.hasPrefix("/"), !path.hasPrefix("//"), path.count > 1 else {
                throw Rejection("has no absolute path")
            }
            return text
        }
        guard let scheme = ["http://", "https://"].first(where: text.hasPrefix) else { return nil }
        return scheme + (try rest(text.dropFirst(scheme.count)))
    }

    private static func rest(_ text: Substring) throws(Rejection) -> Substring {
        if text.contains("?") || text.contains("#") { throw Rejection("has a query or a fragment") }
        let authority = text.prefix { $0 != "/" }
        try check(authority: authority)
        let path = text[authority.endIndex...]
        if path.hasPrefix("/slurm") { throw Rejection("goes too far: it ends before \(path.prefix(6))") }
        return path.hasSuffix("/") ? text.dropLast() : text
    }

    private static func check(authority: Substring) throws(Rejection) {
        let bracket = authority.lastIndex(of: "]")
        let tail = bracket.map { authority[authority.index(after: $0)...] } ?? authority
        let host = tail.lastIndex(of: ":").map { authority[..<$0] } ?? authority
        guard !host.isEmpty, authority.hasPrefix("[") == (bracket != nil) else { throw Rejection("has no host") }
        if bracket == nil, host.contains(":") { throw Rejection("has an IPv6 address without brackets") }
        guard host.endIndex < authority.endIndex else { return }
        let port = authority[host.endIndex...].dropFirst()
        guard let number = Int(port), (1...65535).contains(number), "\(number)" == port else {
            throw Rejection("has no port from 1 to 65535")
        }
    }
}

extension JobState {
    /// Base states, effective ones and flags.
    static let words = Set(Base.allCases.map(\.rawValue) + Flags(rawValue: .max).names)
}

extension NodeState {
    static let words = Set(
        Base.allCases.map(\.rawValue) + Flags(rawValue: .max).names
            + ["cancel_reboot", "drained", "draining", "failing", "inval", "maint", "reboot"])
}
