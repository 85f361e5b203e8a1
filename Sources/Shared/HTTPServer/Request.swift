public import HTTP

/// A request with its whole body, and where it came from.
public struct Request: Sendable {
    public var head: RequestHead
    public var body: [UInt8]

    /// The client, or the last proxy before us.
    public var peer: SocketAddress

    /// Where the server was told to listen.
    public var listener: ListenAddress

    public init(
        head: RequestHead, body: [UInt8] = [], peer: SocketAddress = .ipv4(0x7F00_0001, port: 0),
        listener: ListenAddress = .localhost(port: 0)
    ) {
        self.head = head
        self.body = body
        self.peer = peer
        self.listener = listener
    }

    public var method: HTTPMethod { head.method }
    public var target: RequestTarget { head.target }
    public var fields: HTTPFields { head.fields }
}
