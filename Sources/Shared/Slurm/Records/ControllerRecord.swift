/// A controller, as ping shows it.
public struct ControllerRecord: Sendable {
    public var host = ""
    /// `primary`, `backup`, `backup2` …
    public var role = ""
    public var isUp: Bool?
    public var latencySeconds: Double?

    public init() {}
}
