import SimulatedREST

/// An answer on its way out, as faults have left it. A copy gives the same bytes again.
struct AnswerStream: Sendable {
    var status: Int
    var type: String
    var closesConnection: Bool
    private var content: Content
    private var rewriter: JSONRewriter?

    private enum Content: Sendable {
        case bytes([UInt8])
        case body(Body)
        case over
    }

    init(_ answer: SimulatedREST.Answer) {
        status = answer.status
        let headers = answer.headers
        type = headers.first { $0.name == "Content-Type" }?.value ?? ""
        closesConnection = answer.closesConnection
        content = .body(answer.body)
    }

    init(status: Int, type: String, _ bytes: [UInt8]) {
        self.status = status
        self.type = type
        closesConnection = status >= 400
        content = .bytes(bytes)
    }

    /// The same body under a status that denies it.
    mutating func fail(with status: Int) {
        self.status = status
        closesConnection = true
    }

    mutating func rewrite(_ rewriting: FaultEffect.Rewriting) {
        if type == "application/json" { rewriter = JSONRewriter(rewriting) }
    }

    /// How many bytes there are: counted by making them, with a turn for others after each piece.
    func length() async throws -> Int {
        var rest = self
        var total = 0
        while let piece = rest.next() {
            total += piece.count
            try await Self.giveWay()
        }
        return total
    }

    /// Lets what waits for one of the few threads go first: a large answer must not hold up a small one.
    static func giveWay() async throws {
        try Task.checkCancellation()
        await Task.yield()
    }

    /// The next piece, of some 64 KiB; nothing at the end.
    mutating func next() -> [UInt8]? {
        var piece: [UInt8] = []
        switch content {
        case .over: return nil
        case .bytes(let bytes):
            piece = bytes
            content = .over
        case .body(var body):
            piece.reserveCapacity(Self.pieceSize + Self.pieceSize / 2)
            content = .over
            let isMore = body.write(into: &piece, upTo: Self.pieceSize)
            if isMore { content = .body(body) }
        }
        return rewriter?.rewrite(piece) ?? piece
    }

    private static let pieceSize = 64 * 1024
}
