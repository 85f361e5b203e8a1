extension String {
    /// On one line, and with nothing in it that a terminal obeys or that turns text around: `\n`, `\u{1B}`.
    var printable: String {
        var text = ""
        for scalar in unicodeScalars {
            switch (scalar, scalar.properties.generalCategory) {
            case ("\n", _): text += "\\n"
            case ("\r", _): text += "\\r"
            case ("\t", _): text += "\\t"
            case (_, .control), (_, .format), (_, .lineSeparator), (_, .paragraphSeparator):
                text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
