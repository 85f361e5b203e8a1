/// A number that Slurm can leave open or make unlimited.
enum SlurmNumber: Equatable {
    case unset
    case unlimited
    case integer(Int)
    case fraction(Double)
}

/// How many bits a number has inside Slurm, whose greatest values stand for "not set" and "unlimited".
///
/// Those of more bits always count too, as do -2 and -1: Slurm isn't strict about what it converts.
enum NumberWidth {
    case bits16, bits32, bits64
}

extension SlurmNumber {
    /// No number from 0 up to this one stands for anything else, whatever its width.
    static var leastSpecial: Int { 0xFFFE }

    init(_ value: Int, width: NumberWidth) {
        self =
            switch (value, width) {
            case (-1, _), (0xFFFF_FFFF, .bits32), (0xFFFF_FFFF, .bits16), (0xFFFF, .bits16): .unlimited
            case (-2, _), (0xFFFF_FFFE, .bits32), (0xFFFF_FFFE, .bits16), (0xFFFE, .bits16): .unset
            // What becomes of a not set fraction that is converted to an integer.
            case (...(Int.min / 2), _): .unset
            default: .integer(value)
            }
    }

    init(_ value: Double, width: NumberWidth) {
        if let integer = Int(exactly: value) {
            self.init(integer, width: width)
        } else if value.isNaN || value <= Double(Int.min) {
            self = .unset
        } else {
            // Infinity is written as 2^64 by some releases.
            self = value >= 0x1p64 ? .unlimited : .fraction(value)
        }
    }

    /// The value as a whole number.
    var integer: Int? {
        switch self {
        case .integer(let value): value
        case .fraction(let value): Int(exactly: value.rounded())
        case .unset, .unlimited: nil
        }
    }

    var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .fraction(let value): value
        case .unset, .unlimited: nil
        }
    }

    func limit<Value>(_ value: (Int) -> Value?) -> Limit<Value>? {
        if case .unlimited = self { return .unlimited }
        return integer.flatMap(value).map { .value($0) }
    }
}

extension Int {
    /// As `self * factor`; nothing where that is no Int.
    func scaled(by factor: Int) -> Int? {
        let (value, overflow) = multipliedReportingOverflow(by: factor)
        return overflow ? nil : value
    }
}
