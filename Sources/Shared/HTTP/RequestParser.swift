/// Reads requests from a byte stream that comes in pieces of any size. It does no I/O, and holds no more than its
/// limits allow. The pieces make no difference: any cut of a stream gives the same requests and the same error.
public struct RequestParser: Sendable {
    public enum Event: Sendable, Equatable {
        /// The client waits for `100 Continue` before it sends the body.
        case continueExpected
        case request(RequestHead, body: [UInt8])
    }

    /// What the next byte belongs to.
    public enum Phase: Sendable, Hashable {
        case betweenRequests
        case head
        case body
    }

    private enum State: Sendable {
        case head
        case sized(left: Int)
        case chunked
        case failed(RequestError)
    }

    private let limits: RequestLimits
    private var state = State.head
    private var headDecoder = HeadDecoder()
    private var chunkedDecoder = ChunkedDecoder()
    private var head: RequestHead?
    private var body: [UInt8] = []

    public init(limits: RequestLimits = RequestLimits()) {
        self.limits = limits
    }

    public var phase: Phase {
        switch state {
        case .head: headDecoder.isEmpty ? .betweenRequests : .head
        case .sized, .chunked: .body
        case .failed: .head
        }
    }

    /// Bytes of an incomplete body that are kept until the rest comes.
    public var bodyBytes: Int { body.count }

    /// Reads on at `offset`, up to the next event.
    ///
    /// - Returns: nil if the input is used up without one.
    /// - Throws: the same error again once there was one.
    public mutating func next(in input: RawSpan, from offset: inout Int) throws(RequestError) -> Event? {
        do throws(RequestError) {
            return try advance(in: input, from: &offset)
        } catch {
            state = .failed(error)
            body = []
            throw error
        }
    }

    private mutating func advance(in input: RawSpan, from offset: inout Int) throws(RequestError) -> Event? {
        switch state {
        case .failed(let error):
            throw error
        case .head:
            guard let head = try headDecoder.next(in: input, from: &offset, limits: limits) else { return nil }
            if let event = try begin(head) { return event }
            return try advance(in: input, from: &offset)
        case .sized(let left):
            let taken = min(left, input.byteCount - offset)
            body.append(input.extracting(offset..<(offset + taken)))
            offset += taken
            state = .sized(left: left - taken)
            return left == taken ? finish() : nil
        case .chunked:
            let isComplete = try chunkedDecoder.next(in: input, from: &offset, into: &body, limits: limits)
            return isComplete ? finish() : nil
        }
    }

    /// - Returns: nil if a body follows.
    private mutating func begin(_ head: RequestHead) throws(RequestError) -> Event? {
        try head.checkHost()
        let isContinueExpected = try head.expectsContinue()
        switch try BodyFraming(of: head, limits: limits) {
        case .none: return .request(head, body: [])
        case .sized(let size): state = .sized(left: size)
        case .chunked: state = .chunked
        }
        self.head = head
        return isContinueExpected ? .continueExpected : nil
    }

    private mutating func finish() -> Event? {
        guard let head else { preconditionFailure("a body without a head") }
        let request = Event.request(head, body: body)
        state = .head
        chunkedDecoder = ChunkedDecoder()
        self.head = nil
        body = []
        return request
    }
}

extension RequestHead {
    /// HTTP/1.1 demands exactly one Host (RFC 9112 §3.2), even where the target names one.
    fileprivate func checkHost() throws(RequestError) {
        let hosts = fields.values("Host")
        guard hosts.count <= 1 else { throw .repeatedHost }
        guard let host = hosts.first else {
            guard version == .http10 else { throw .missingHost }
            return
        }
        guard host.utf8.allSatisfy(Self.isAllowedInHost) else { throw .malformedHost }
    }

    private static func isAllowedInHost(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"),
            UInt8(ascii: "@"), UInt8(ascii: ","), UInt8(ascii: "\\"):
            false
        default: true
        }
    }

    fileprivate func expectsContinue() throws(RequestError) -> Bool {
        guard version == .http11, let expectation = fields.combined("Expect") else { return false }
        guard expectation.lowercased() == "100-continue" else { throw .unknownExpectation }
        return true
    }
}
