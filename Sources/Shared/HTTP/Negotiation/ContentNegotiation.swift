/// Which of several representations a client gets, by its Accept header (RFC 9110 §12.5.1).
///
/// - The most specific range that matches an offer says how welcome it is; the most welcome offer wins.
/// - Between equals, one that is named wins over one under a wildcard, then the order of the header decides,
///   then the order of the offers.
/// - A parameter that range and offer both have must agree; others don't matter.
/// - Elements that can't be understood are passed over. A header that has no others is as good as none.
public struct ContentNegotiation<Offer: Sendable>: Sendable {
    public struct Choice: Sendable {
        public let offer: Offer
        /// How names must be escaped in the exposition formats.
        public let escaping: NameEscaping
        /// False if the client wants nothing of what there is and gets the fallback: strict servers answer 406.
        public let isAcceptable: Bool
    }

    private let types: [MediaType]
    private let offers: [Offer]
    private let fallback: Offer

    /// - Parameters:
    ///   - offers: the best first.
    ///   - fallback: for clients that don't say what they want, or want something else.
    public init(_ offers: KeyValuePairs<MediaType, Offer>, otherwise fallback: Offer) {
        types = offers.map(\.key)
        self.offers = offers.map(\.value)
        self.fallback = fallback
    }

    /// Takes time in proportion to the header.
    public func choose(accept header: String?) -> Choice {
        let ranking = MediaRanking(types, accept: header ?? "")
        guard let index = ranking.best, let match = ranking.matches[index] else {
            return Choice(offer: fallback, escaping: .underscores, isAcceptable: ranking.isUnrestricted)
        }
        return Choice(offer: offers[index], escaping: match.escaping, isAcceptable: true)
    }
}
