extension Reading {
    /// Reads amounts by kind: `[{"type":"gres","name":"gpu","id":1001,"count":8}, …]`, or `[{"name":"gres/gpu","value":8}, …]`.
    /// Memory is in mebibytes there, each of which counts for `memoryUnit`. What isn't set or has no limit is left out.
    mutating func amounts(
        _ amounts: inout ResourceAmounts, _ text: JSONText, _ start: Int, memoryUnit: Int = 1 << 20
    ) throws(JSONStop) -> Int {
        amounts = ResourceAmounts()
        guard try text.byte(start) == .openBracket else { return try skipNull(text, start) }
        return try elements(text, start) { reading, text, at throws(JSONStop) in
            var entry = AmountEntry()
            let end = try reading.object(text, at) { reading, key, text, at throws(JSONStop) in
                try reading.part(of: &entry, key, text, at)
            }
            guard let kind = entry.kind(&reading) else { return end }
            if let amount = entry.amount(of: kind, memoryUnit) { amounts[kind] = amount }
            return end
        }
    }

    private mutating func part(
        of entry: inout AmountEntry, _ key: RawSpan, _ text: JSONText, _ at: Int
    ) throws(JSONStop) -> Int {
        if key.hasSameBytes(as: "count") || key.hasSameBytes(as: "value") {
            return try number(&entry.number, text, at, .bits64)
        }
        if key.hasSameBytes(as: "type") { return try string(&entry.type, text, at) }
        if key.hasSameBytes(as: "name") { return try string(&entry.name, text, at) }
        return try text.skipValue(at)
    }
}

private struct AmountEntry {
    var type = ""
    var name = ""
    var number = SlurmNumber.unset

    func kind(_ reading: inout Reading) -> ResourceKind? {
        let parts = [type, name].filter { !$0.isEmpty }
        guard !parts.isEmpty else { return nil }
        return ResourceKind(parts.joined(separator: "/"), &reading.symbols)
    }

    func amount(of kind: ResourceKind, _ memoryUnit: Int) -> Int? {
        guard let amount = number.integer, amount >= 0 else { return nil }
        return kind == .memory ? amount.scaled(by: memoryUnit) : amount
    }
}

extension ResourceKind {
    /// - Parameter name: as accounting writes it.
    init(_ name: String, _ symbols: inout Symbols) {
        switch name {
        case "cpu": self = .cpu
        case "mem": self = .memory
        case "node": self = .node
        case "billing": self = .billing
        default: self = .other(symbols.intern(name))
        }
    }
}
