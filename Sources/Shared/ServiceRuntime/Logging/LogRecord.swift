/// One line before it has a format.
struct LogRecord {
    let time: UnixTime
    let level: LogLevel
    let component: String
    let message: String
    let fields: LogFields
    /// Lines like this one that were held back since the last one that went out.
    let suppressed: Int
}

extension LogRecord {
    private static let ownNames: Set = ["time", "level", "component", "msg", "suppressed"]

    /// Everything in the order of the line. A field that bears one of the record's own names gets a trailing
    /// underscore, so that no reader of the line takes it for the record's.
    var line: [LogFields.Field] {
        let head: [LogFields.Field] = [
            .init(name: "time", value: .string(time.timestamp)),
            .init(name: "level", value: .string(level.rawValue)),
            .init(name: "component", value: .string(component)),
            .init(name: "msg", value: .string(message)),
        ]
        let tail: [LogFields.Field] =
            suppressed > 0 ? [.init(name: "suppressed", value: .integer(suppressed))] : []
        return head + fields.fields.map(Self.withoutClash) + tail
    }

    private static func withoutClash(_ field: LogFields.Field) -> LogFields.Field {
        ownNames.contains(field.name) ? .init(name: field.name + "_", value: field.value) : field
    }
}
