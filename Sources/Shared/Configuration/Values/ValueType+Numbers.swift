extension ValueType where Value == Bool {
    /// `true`, `yes` and `on`, and their opposites; quoted ones too, since a reference to a variable has to be quoted.
    public static var boolean: ValueType<Bool> {
        var description = TypeDescription("boolean", allowed: "true or false") {
            .object([("type", .strings(["boolean", "string"]))] + JSON.pattern("true|false|yes|no|on|off"))
        }
        description.form = .boolean
        return .scalar(description) { text throws(Rejection) in
            switch text.lowercased() {
            case "true", "yes", "on": true
            case "false", "no", "off": false
            default: nil
            }
        } write: {
            .literal($0 ? "true" : "false")
        }
    }
}

extension ValueType where Value == Int {
    public static var integer: ValueType<Int> { integer(in: Int.min...) }

    /// Decimal digits, or a whole number with an exponent such as `1e6`. A leading zero is refused: YAML 1.1 reads `010` as 8.
    public static func integer(in range: some SettingRange<Int>) -> ValueType<Int> {
        let bounds = Bounds(range)
        let isFree = bounds.lowest == .min && bounds.highest == nil
        let allowed = "a whole number" + (isFree ? "" : bounds.text(\.description))
        let limits = (lower: isFree ? nil : bounds.lowest?.description, upper: bounds.highest?.description)
        let description = TypeDescription("whole number", allowed: allowed) {
            .number("integer", limits, pattern: "[-+]?(0|[1-9][0-9]*)([eE]\\+?[0-9]+)?")
        }
        return .scalar(description) { text throws(Rejection) in
            try Number.integer(text).map { value throws(Rejection) in try bounds.check(value) }
        } write: {
            .literal($0.description)
        }
    }
}

extension ValueType where Value == Double {
    public static var number: ValueType<Double> { number(in: (-Double.greatestFiniteMagnitude)...) }

    /// Finite decimal numbers, with or without a fraction and an exponent.
    public static func number(in range: some SettingRange<Double>) -> ValueType<Double> {
        let bounds = Bounds(range)
        let isFree = bounds.lowest == -Double.greatestFiniteMagnitude && bounds.highest == nil
        let allowed = "a number" + (isFree ? "" : bounds.text(Number.text))
        let limits = (lower: isFree ? nil : bounds.lowest.map(Number.text), upper: bounds.highest.map(Number.text))
        let description = TypeDescription("number", allowed: allowed) {
            .number("number", limits, pattern: "[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?")
        }
        return .scalar(description) { text throws(Rejection) in
            try Number.decimal(text).map { value throws(Rejection) in try bounds.check(value) }
        } write: {
            .literal(Number.text($0))
        }
    }
}
