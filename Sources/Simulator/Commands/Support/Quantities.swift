import SimulatedCluster

/// The letter behind an amount, each 1024 times the one before it.
enum Unit: Int, Sendable {
    case none, kilo, mega, giga, tera, peta

    var letter: UInt8? {
        switch self {
        case .none: nil
        case .kilo: UInt8(ascii: "K")
        case .mega: UInt8(ascii: "M")
        case .giga: UInt8(ascii: "G")
        case .tera: UInt8(ascii: "T")
        case .peta: UInt8(ascii: "P")
        }
    }

    init?(letter: UInt8) {
        guard let unit = (1...5).compactMap(Unit.init(rawValue:)).first(where: { $0.letter == letter & 0xDF }) else {
            return nil
        }
        self = unit
    }
}

/// Which unit an amount is written in.
enum UnitChoice: Sendable, Equatable {
    /// The largest in which it has no more than one half: 2.50G, but 2561M.
    case exact
    /// The one it is kept in.
    case asKept
    case fixed(Unit)
}

extension [UInt8] {
    /// Appends an amount as convert_num_unit() does: `0`, `64000M`, `62.50G`.
    mutating func append(_ amount: Double, keptIn kept: Unit, _ choice: UnitChoice = .exact) {
        guard Int(amount) != 0 else { return append(UInt8(ascii: "0")) }
        var amount = amount
        var unit = kept
        switch choice {
        case .asKept: break
        case .exact:
            while amount >= 1024, Int(amount) % 512 == 0, let next = Unit(rawValue: unit.rawValue + 1) {
                amount /= 1024
                unit = next
            }
        case .fixed(let wanted):
            while unit.rawValue < wanted.rawValue, let next = Unit(rawValue: unit.rawValue + 1) {
                amount /= 1024
                unit = next
            }
            while unit.rawValue > wanted.rawValue, let next = Unit(rawValue: unit.rawValue - 1) {
                amount *= 1024
                unit = next
            }
        }
        if Double(Int(amount)) == amount {
            append(decimal: Int(amount))
        } else {
            append(fixed: amount, digits: 2)
        }
        if let letter = unit.letter { append(letter) }
    }

    /// Appends what printf's `%.*f` gives, rounded by the exact value of the double.
    mutating func append(fixed value: Double, digits: Int) {
        guard value.isFinite else {
            return append(contentsOf: (value.isNaN ? "nan" : value < 0 ? "-inf" : "inf").utf8)
        }
        if value.sign == .minus { append(UInt8(ascii: "-")) }
        let scale = (0..<digits).reduce(UInt128(1)) { product, _ in product * 10 }
        let scaled = Self.rounded(value.magnitude, times: scale)
        append(decimal: UInt64(clamping: scaled / scale))
        guard digits > 0 else { return }
        append(UInt8(ascii: "."))
        append(decimal: UInt64(scaled % scale), width: digits)
    }

    private static func rounded(_ value: Double, times scale: UInt128) -> UInt128 {
        guard value != 0 else { return 0 }
        let mantissa = UInt128(value.significandBitPattern) + (value.isNormal ? 1 << 52 : 0)
        let exponent = (value.isNormal ? Int(value.exponent) : -1022) - 52
        let product = mantissa * scale
        if exponent >= 0 { return exponent < 16 ? product << UInt128(exponent) : .max }
        guard exponent > -127 else { return 0 }
        let shift = UInt128(-exponent)
        let whole = product >> shift
        let half = UInt128(1) << (shift - 1)
        let rest = product & (half << 1 - 1)
        return rest > half || (rest == half && whole & 1 == 1) ? whole + 1 : whole
    }

    /// Appends text, or what printf writes for a null pointer where there is none.
    mutating func append(orNull text: Text) {
        if text.isEmpty { append(ascii: "(null)") } else { append(text) }
    }

    /// Appends what a function writes, or "(null)" where that is nothing.
    mutating func append(orNull write: (inout [UInt8]) -> Void) {
        let start = count
        write(&self)
        if count == start { append(ascii: "(null)") }
    }

    /// Appends `code:signal` of a status as wait(2) gives it.
    mutating func append(waitStatus status: UInt16) {
        let signal = status & 0x7F
        append(decimal: signal == 0 ? status >> 8 : 0)
        append(UInt8(ascii: ":"))
        append(decimal: signal == 0x7F ? 0 : signal)
    }
}
