extension JSONValue {
    /// The number in any of the forms that slurmrestd has for one. What is no number isn't set.
    func number(_ width: NumberWidth = .bits32) -> SlurmNumber {
        switch self {
        case .number(let value): SlurmNumber(value, width: width)
        case .string(let text): Self.number(of: text, width)
        case .object(let members): Self.number(of: members, width)
        case .null, .bool, .array: .unset
        }
    }

    private static func number(of text: String, _ width: NumberWidth) -> SlurmNumber {
        if text == "Infinity" { return .unlimited }
        return Double(text).map { SlurmNumber($0, width: width) } ?? .unset
    }

    private static func number(of members: [String: JSONValue], _ width: NumberWidth) -> SlurmNumber {
        if members["infinite"] == .bool(true) { return .unlimited }
        if members["set"] == .bool(false) { return .unset }
        guard let number = members["number"], case .object = number else {
            return members["number"]?.number(width) ?? .unset
        }
        return .unset
    }
}
