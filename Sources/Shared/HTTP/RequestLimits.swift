/// How much of a request is read at most; what exceeds a limit is answered with the status named beside it.
public struct RequestLimits: Sendable, Hashable {
    /// Bytes of the request line without its line end: 414.
    public var requestLine = 8 * 1024

    /// Bytes of all header lines together, line ends included: 431.
    public var fieldBytes = 16 * 1024

    /// Number of header fields: 431.
    public var fieldCount = 100

    /// Bytes of the body once its transfer coding is undone: 413.
    public var body = 64 * 1024

    /// Bytes of a chunk's size line, extensions included: 400.
    public var chunkLine = 256

    /// Bytes of all trailer lines of a chunked body, which are read and ignored: 431.
    public var trailerBytes = 4 * 1024

    public init() {}
}
