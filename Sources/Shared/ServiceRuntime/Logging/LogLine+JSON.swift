extension LogLine {
    mutating func appendJSON(_ fields: [LogFields.Field]) {
        append("{")
        for (index, field) in fields.enumerated() {
            if index > 0 { append(",") }
            appendQuoted(field.name)
            append(":")
            appendJSON(field.value)
        }
        append("}")
    }

    private mutating func appendJSON(_ value: LogValue) {
        switch value {
        case .string(let text): appendQuoted(text)
        case .integer(let number): append(String(number))
        case .double(let number) where number.isFinite: append(number.description)
        case .double(let number): appendQuoted(number.description)
        case .boolean(let truth): append(truth ? "true" : "false")
        case .duration(let duration): append(duration.decimalSeconds)
        }
    }
}
