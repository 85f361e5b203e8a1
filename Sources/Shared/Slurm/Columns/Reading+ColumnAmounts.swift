extension Reading {
    /// Reads amounts by kind: `cpu=128,mem=750G,gres/gpu:h100=8,license/matlab=3`.
    ///
    /// - Parameters:
    ///   - scale: what each counts for: 60 where amounts times minutes are seconds.
    ///   - memoryUnit: what memory without a letter counts.
    mutating func amounts(_ text: RawSpan, times scale: Int = 1, memoryUnit: Int = 1 << 20) -> ResourceAmounts {
        var amounts = ResourceAmounts()
        guard !text.isNull else { return amounts }
        text.split(.comma) { entry in
            let equals = entry.place(of: UInt8(ascii: "="), from: 0)
            guard equals > 0, equals < entry.byteCount else { return note(unknown: .resources, entry) }
            let kind = ResourceKind(string(entry.extracting(0..<equals)), &symbols)
            let unit = kind == .memory ? memoryUnit : 1
            let amount = Amount.integer(of: entry.extracting(equals + 1..<entry.byteCount), unit: unit)
            guard let amount = amount?.scaled(by: scale) else { return note(unknown: .resources, entry) }
            amounts[kind] = amount
        }
        return amounts
    }

    mutating func resources(_ text: RawSpan) -> Resources {
        guard !text.isNull else { return Resources() }
        var list = TRESText()
        list.read(text, &self)
        return list.resources
    }
}
