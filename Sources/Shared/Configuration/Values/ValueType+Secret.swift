import YAML

extension ValueType where Value == Secret {
    public enum SecretFilePolicy: Sendable {
        case hasToExist
        /// A file that is not there yet is a warning.
        case mayComeLater
    }

    /// The secret itself, or `file:/path` of the file that holds it.
    public static var secret: ValueType<Secret> { secret(file: .hasToExist) }

    public static func secret(file policy: SecretFilePolicy) -> ValueType<Secret> {
        var description = TypeDescription(
            "secret", allowed: "file: and the absolute path of a file, ${VARIABLE}, or the secret"
        ) {
            .text(pattern: ".+")
        }
        description.isSecret = true
        return .scalar(description) { text throws(Rejection) in
            guard !text.isEmpty else { throw Rejection("is empty") }
            // What an effective configuration shows in the place of a secret is none.
            guard text != Secret.placeholder else { throw Rejection("stands for a secret that is not shown") }
            guard text.hasPrefix("file:") else { return Secret(text) }
            return try Secret(absolute: text.dropFirst("file:".count))
        } write: {
            .secret($0)
        }
        .lookedAt(policy)
    }

    /// The path of the file that holds the secret.
    public static func secretFile(_ policy: SecretFilePolicy = .hasToExist) -> ValueType<Secret> {
        let description = TypeDescription("file", allowed: "the absolute path of a file") { .text(pattern: "/.+") }
        return .scalar(description) { text throws(Rejection) in
            try Secret(absolute: text[...])
        } write: {
            .secret($0)
        }
        .lookedAt(policy)
    }

    private func lookedAt(_ policy: SecretFilePolicy) -> ValueType<Secret> {
        ValueType(description: description) { [read] node, current, reading in
            guard let secret = read(node, current, &reading) else { return nil }
            guard let path = secret.file, !reading.isForOtherHosts else { return secret }
            do throws(SecretUnavailable) {
                if try SecretFile(path).isWorldReadable {
                    reading.warn(node.position, "\(path) can be read by everybody on this host: chmod o-r \(path)")
                }
            } catch {
                switch policy {
                case .hasToExist: reading.reject(node.position, error.description)
                case .mayComeLater: reading.warn(node.position, error.description)
                }
            }
            return secret
        } write: { [write] in
            write($0)
        }
    }
}

extension Secret {
    fileprivate init(absolute path: Substring) throws(Rejection) {
        guard path.hasPrefix("/") else { throw Rejection("has no absolute path") }
        self.init(file: String(path))
    }
}
