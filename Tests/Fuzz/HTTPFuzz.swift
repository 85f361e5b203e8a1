import HTTP

extension FuzzTarget {
    /// The cut of a stream makes no difference, and no request exceeds its limits.
    static let http = FuzzTarget(name: "http") { input in
        // The first bytes choose the cuts, the rest is the stream.
        let cuts = input.prefix(4)
        let stream = input.dropFirst(4)
        let whole = Reading([stream])
        whole.checkLimits()
        precondition(Reading(pieces(of: stream, cuts)) == whole, "the pieces make a difference")
        precondition(Reading(stream.indices.map { stream[$0...$0] }) == whole, "single bytes make a difference")
    }

    private static func pieces(of stream: ArraySlice<UInt8>, _ cuts: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        guard !cuts.isEmpty else { return [stream] }
        var pieces: [ArraySlice<UInt8>] = []
        var rest = stream
        while !rest.isEmpty {
            let size = Int(cuts[pieces.count % cuts.count]) + 1
            pieces.append(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        return pieces
    }
}

private struct Reading: Equatable {
    /// Small, so that short inputs reach them.
    static let limits = {
        var limits = RequestLimits()
        limits.requestLine = 64
        limits.fieldBytes = 256
        limits.fieldCount = 8
        limits.body = 64
        limits.chunkLine = 16
        limits.trailerBytes = 32
        return limits
    }()

    var events: [RequestParser.Event] = []
    var error: RequestError?

    init(_ pieces: [ArraySlice<UInt8>]) {
        var parser = RequestParser(limits: Self.limits)
        do throws(RequestError) {
            for piece in pieces {
                var offset = 0
                while let event = try parser.next(in: piece.span.bytes, from: &offset) { events.append(event) }
                precondition(offset == piece.count, "input is left over without an event")
            }
        } catch {
            self.error = error
        }
    }

    func checkLimits() {
        for case .request(let head, let body) in events {
            precondition(body.count <= Self.limits.body)
            precondition(head.fields.count <= Self.limits.fieldCount)
            precondition(head.fields.reduce(0) { $0 + $1.name.utf8.count } <= Self.limits.fieldBytes)
        }
    }
}
