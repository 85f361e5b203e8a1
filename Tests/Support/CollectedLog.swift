import Locks
public import ServiceRuntime

/// A log that a test reads afterwards.
public final class CollectedLog: LogOutput {
    private let collected = Locked<[String]>([])

    public init() {}

    /// The lines so far, without their newlines.
    public var lines: [String] { collected.withLock { $0 } }

    public func write(_ line: [UInt8]) -> Bool {
        collected.withLock { $0.append(String(decoding: line.dropLast(), as: UTF8.self)) }
        return true
    }

    /// A log that writes here, everything and each time.
    public func log(_ settings: LogSettings = LogSettings(level: .debug, repeats: nil)) -> Log {
        Log(settings, output: self)
    }
}
