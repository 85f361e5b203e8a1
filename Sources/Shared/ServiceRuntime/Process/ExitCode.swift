/// How a program of the fleet ends.
public enum ExitCode: Int32, Sendable {
    /// Stopped in order.
    case success = 0
    /// A service failed, or did not stop in time.
    case failure = 1
    /// The command line or the configuration is wrong; a restart would not help.
    case usage = 2
    /// A second request to stop, by SIGINT: nothing was waited for.
    case interrupted = 130
    /// A second request to stop, by SIGTERM: nothing was waited for.
    case terminated = 143
}
