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
        let type = ValueType<Secret>.scalar(description) { text throws(Rejection) in
            guard !text.isEmpty else { throw Rejection("is empty") }
            // What an effective configuration shows in the place of a secret is none.
            guard text != Secret.placeholder else { throw Rejection("stands for a secret that is not shown") }
            guard text.hasPrefix("file:") else { return Secret(text) }
            let path = String(text.dropFirst("file:".count))
            guard path.hasPrefix("/") else { throw Rejection("has no absolute path") }
            return Secret(file: path)
        } write: { _ in
            .secret
        }
        return ValueType(description: description) { node, current, reading in
            guard let secret = type.read(node, current, &reading) else { return nil }
            guard let path = secret.file else { return secret }
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
        } write: {
            type.write($0)
        }
    }
}
