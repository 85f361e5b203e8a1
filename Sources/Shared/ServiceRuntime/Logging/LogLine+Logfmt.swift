extension LogLine {
    mutating func appendLogfmt(_ fields: [LogFields.Field]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { append(" ") }
            append(field.name.logfmtKey)
            append("=")
            appendLogfmt(field.value)
        }
    }

    private mutating func appendLogfmt(_ value: LogValue) {
        switch value {
        case .string(let text) where text.isBareLogfmt: append(text)
        case .string(let text): appendQuoted(text)
        case .integer(let number): append(String(number))
        case .double(let number): append(number.description)
        case .boolean(let truth): append(truth ? "true" : "false")
        case .duration(let duration): append(duration.decimalSeconds + "s")
        }
    }
}

extension String {
    fileprivate var isBareLogfmt: Bool {
        !isEmpty && utf8.count <= LogLine.textLimit && unicodeScalars.allSatisfy(\.isBareLogfmt)
    }

    /// Keys can't be quoted.
    fileprivate var logfmtKey: String {
        isBareLogfmt ? self : String(String.UnicodeScalarView(unicodeScalars.map { $0.isBareLogfmt ? $0 : "_" }))
    }
}

extension Unicode.Scalar {
    fileprivate var isBareLogfmt: Bool {
        switch self {
        case " ", "=", "\"", "\u{fffd}": false
        default: !isUnfitForLogs
        }
    }
}
