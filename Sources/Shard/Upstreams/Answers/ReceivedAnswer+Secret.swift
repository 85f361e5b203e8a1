import Slurm

extension ReceivedAnswer {
    /// The same with nothing in it that repeats a secret: some servers, and proxies before them, show the request in their
    /// errors, and those go to the log, to `/debug` and into labels.
    func without(_ secret: String?) -> ReceivedAnswer {
        guard let secret, !secret.isEmpty else { return self }
        var other = self
        other.text = text.hiding(secret)
        other.answer.rewriteTexts { $0.hiding(secret) }
        return other
    }
}

extension String {
    private static let placeholder = "<secret>"
    /// So much of a secret, cut off at the end of a text, tells more than a coincidence.
    private static let shortestPart = 8

    /// Without a secret, or the part of one at the end of a text that was cut.
    fileprivate func hiding(_ secret: String) -> String {
        var text = replacing(secret, with: Self.placeholder)
        if secret.count > Self.shortestPart, let start = text.range(ofPrefixAtEnd: secret) {
            text.replaceSubrange(start..., with: Self.placeholder)
        }
        return text
    }

    private func range(ofPrefixAtEnd secret: String) -> Index? {
        var length = Swift.min(secret.count, count)
        while length >= Self.shortestPart {
            if hasSuffix(secret.prefix(length)) { return index(endIndex, offsetBy: -length) }
            length -= 1
        }
        return nil
    }
}
