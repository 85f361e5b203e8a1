import HTTP
public import HTTPServer

/// Where a program listens, and what its clients can cost it.
public struct WebSettings: Hashable, Sendable {
    public var listen: [ListenAddress]
    public var unixSocketMode = 0o660
    public var isLifecycleEnabled = false
    public var shutdownTimeout = Duration.seconds(10)
    public var limits = HTTPServer.Limits()

    public init(listen: [ListenAddress]) {
        self.listen = listen
    }
}
