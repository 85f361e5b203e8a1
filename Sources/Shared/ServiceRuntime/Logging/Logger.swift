/// How one component writes to the log. Copies are cheap, and so is a message whose level is off: neither it nor its
/// fields are built.
///
///     let logger = log.logger("upstream").with(["cluster": "alpha"])
///     logger.warning("slow answer", ["feed": "jobs", "took": .duration(elapsed)])
///
/// The message is constant and what varies is in the fields: repeats are told by level, message, component and the
/// fields given to `with`.
public struct Logger: Sendable {
    private let log: Log
    private let component: LogComponent
    private var context = LogFields()

    init(log: Log, component: LogComponent) {
        self.log = log
        self.component = component
    }

    /// A logger of the same component that adds these fields to each line.
    public func with(_ fields: LogFields) -> Logger {
        var logger = self
        logger.context = context.merging(fields)
        return logger
    }

    public func isOn(_ level: LogLevel) -> Bool {
        component.isOn(level)
    }

    public func log(
        _ level: LogLevel, _ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]
    ) {
        guard isOn(level) else { return }
        log.write(level, message(), of: component.name, context: context, fields: fields())
    }

    public func debug(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) {
        log(.debug, message(), fields())
    }

    public func info(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) {
        log(.info, message(), fields())
    }

    public func warning(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) {
        log(.warning, message(), fields())
    }

    public func error(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]) {
        log(.error, message(), fields())
    }
}
