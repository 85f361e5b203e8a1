/// How one number is made of the parts that several shards hold.
public enum MergeRule: Hashable, Sendable {
    /// The parts add up. Whole numbers do so exactly up to 2^53.
    case sum
    /// The parts add up in steps of a decimal fraction, so that the order of addition makes no difference. What is put
    /// in is rounded to that many decimals; sums are exact up to 2^51 steps.
    case sumOfFractions(decimals: Int)
    case max
    case min
    /// Each part has label sets of its own.
    case union
    /// The same everywhere: any part will do.
    case replica
    /// Computed again from merged families.
    case derived
}

extension MergeRule {
    /// How many steps make 1; 1 where numbers are taken as they are.
    var scale: Double {
        guard case .sumOfFractions(let decimals) = self else { return 1 }
        return (0..<decimals).reduce(1) { scale, _ in scale * 10 }
    }

    var isValid: Bool {
        guard case .sumOfFractions(let decimals) = self else { return true }
        return (1...9).contains(decimals)
    }
}
