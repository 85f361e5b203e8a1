import CCurl

/// An absolute http or https URL, taken apart by libcurl's own parser so that both agree on whose it is.
struct Address: Hashable, Sendable {
    /// As it was given, with user information and query: a secret.
    let text: String
    /// Without user information, query and fragment.
    let shown: String

    init(_ text: String) throws(HTTPClientError) {
        guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw Self.refusal("has bytes to be percent-encoded")
        }
        guard Self.hasOneAuthority(text) else { throw Self.refusal("is neither http:// nor https:// with a host") }
        guard let handle = curl_url() else { throw Self.refusal("could not be parsed for want of memory") }
        defer { curl_url_cleanup(handle) }
        guard curl_url_set(handle, CURLUPART_URL, text, 0) == CURLUE_OK else { throw Self.refusal("is not valid") }
        for secret in [CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS, CURLUPART_QUERY, CURLUPART_FRAGMENT] {
            curl_url_set(handle, secret, nil, 0)
        }
        guard let shown = Self.string(of: handle) else { throw Self.refusal("is not valid") }
        self.text = text
        self.shown = shown
    }

    /// Stricter than libcurl, which takes one to three slashes.
    private static func hasOneAuthority(_ text: String) -> Bool {
        let lowercase = text.utf8.prefix(9).map(\.lowercasedASCII)
        let scheme = [Array("http://".utf8), Array("https://".utf8)].first { lowercase.starts(with: $0) }
        guard let scheme, let next = text.utf8.dropFirst(scheme.count).first else { return false }
        return !"/?#:@".utf8.contains(next)
    }

    private static func string(of handle: OpaquePointer) -> String? {
        var part: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, CURLUPART_URL, &part, 0) == CURLUE_OK, let part else { return nil }
        defer { curl_free(part) }
        return String(cString: part)
    }

    private static func refusal(_ reason: String) -> HTTPClientError {
        HTTPClientError(.invalidRequest, target: "request", reason: "the URL \(reason)")
    }
}
