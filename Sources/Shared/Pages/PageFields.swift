import HTTP

extension HTTPFields {
    /// What goes with everything that a page is made of: nothing from elsewhere is loaded, nobody frames it, and names that
    /// others chose can't become code even where they got past the page's escaping.
    static func ofPage(_ type: String) -> HTTPFields {
        [
            "Content-Type": type,
            "Content-Security-Policy":
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-cache",
        ]
    }
}

extension EntityTag {
    /// Of what this process shows: another process has others for the same bytes.
    static func of(_ bytes: [UInt8]) -> EntityTag {
        var hasher = Hasher()
        hasher.combine(bytes)
        return EntityTag(String(UInt(bitPattern: hasher.finalize()), radix: 36), isWeak: true)!
    }
}
