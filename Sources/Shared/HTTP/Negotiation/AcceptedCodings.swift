/// Which content codings a client takes, by its Accept-Encoding header (RFC 9110 §12.5.3).
///
/// A missing header leaves the choice to the server; since clients without one often can't decompress, it is identity.
public struct AcceptedCodings: Hashable, Sendable {
    /// Whether gzip may be sent.
    public let allowsGzip: Bool
    /// Whether the plain bytes may be sent.
    public let allowsIdentity: Bool
    /// Whether gzip is at least as welcome as the plain bytes.
    public let prefersGzip: Bool

    public init(_ header: String?) {
        let listed = ListedCodings(header ?? "")
        let gzip = listed.gzip ?? listed.others ?? .none
        allowsGzip = gzip > .none
        allowsIdentity = (listed.identity ?? listed.others ?? .full) > .none
        prefersGzip = allowsGzip && gzip >= (listed.identity ?? listed.others ?? .none)
    }
}

private struct ListedCodings {
    private(set) var gzip: Quality?
    private(set) var identity: Quality?
    /// What `*` says about all that isn't named.
    private(set) var others: Quality?

    init(_ header: String) {
        let bytes = header.utf8.span
        var list = FieldList()
        while list.next(in: bytes) {
            guard let quality = list.quality(in: bytes) else { continue }
            if bytes.hasLowercased(Self.gzip, at: list.value) || bytes.hasLowercased(Self.xGzip, at: list.value) {
                gzip = quality
            } else if bytes.hasLowercased(Self.identity, at: list.value) {
                identity = quality
            } else if bytes.has([.asterisk], at: list.value) {
                others = quality
            }
        }
    }

    private static let gzip = Array("gzip".utf8)
    private static let xGzip = Array("x-gzip".utf8)
    private static let identity = Array("identity".utf8)
}
