extension Reading {
    /// Reads a number in any of the forms that slurmrestd has for one: plain, quoted, null, a bare `Infinity`, or an
    /// object that says whether it is set.
    @inline(__always)
    mutating func number(
        _ number: inout SlurmNumber, _ text: JSONText, _ start: Int, _ width: NumberWidth = .bits32
    ) throws(JSONStop) -> Int {
        switch try text.byte(start) {
        case .zero ... .nine: return try plain(&number, text, start, width)
        case .openBrace: return try open(&number, text, start, width)
        default: return try rareNumber(&number, text, start, width)
        }
    }

    @inline(__always)
    private mutating func plain(
        _ number: inout SlurmNumber, _ text: JSONText, _ start: Int, _ width: NumberWidth
    ) throws(JSONStop) -> Int {
        var value = text.eightDigits(start) ?? 0
        var at = value == 0 ? start : start &+ 8
        while true {
            let byte = try text.byte(at)
            guard case .zero ... .nine = byte, at &- start < 18 else {
                if byte == .comma || byte == .closeBrace || byte <= 0x20 { break }
                return try long(&number, text, start, width)
            }
            value = value &* 10 &+ Int(byte &- .zero)
            at &+= 1
        }
        number = value < SlurmNumber.leastSpecial ? .integer(value) : SlurmNumber(value, width: width)
        return at
    }

    /// A number with a sign, a fraction, an exponent or many digits.
    private mutating func long(
        _ number: inout SlurmNumber, _ text: JSONText, _ start: Int, _ width: NumberWidth
    ) throws(JSONStop) -> Int {
        let end = try text.skipNumber(start)
        number = value(of: text.string(start..<end), width)
        return end
    }

    private mutating func value(of digits: String, _ width: NumberWidth) -> SlurmNumber {
        if let value = Int(digits) { return SlurmNumber(value, width: width) }
        switch UInt64(digits) {
        case .max: return .unlimited
        case .max - 1: return .unset
        default: break
        }
        switch digits {
        case "Infinity": return .unlimited
        case "-Infinity", "NaN": return .unset
        default: break
        }
        guard digits.utf8.count <= 64, let value = Double(digits) else {
            noteWrongType()
            return .unset
        }
        return SlurmNumber(value, width: width)
    }

    private mutating func rareNumber(
        _ number: inout SlurmNumber, _ text: JSONText, _ start: Int, _ width: NumberWidth
    ) throws(JSONStop) -> Int {
        number = .unset
        switch try text.byte(start) {
        case .minus: return try long(&number, text, start, width)
        case .quote: return try quoted(&number, text, start, width)
        case .capitalI: number = .unlimited
        case .capitalN: break
        default: return try skipNull(text, start)
        }
        return try text.skipLiteral(start)
    }

    private mutating func quoted(
        _ number: inout SlurmNumber, _ text: JSONText, _ start: Int, _ width: NumberWidth
    ) throws(JSONStop) -> Int {
        var found = SlurmNumber.unset
        let end = try self.text(text, start) { reading, bytes in
            found = reading.value(of: bytes.repairedString.text, width)
        }
        number = found
        return end
    }

    /// `{"set":true,"infinite":false,"number":5}`, with shortcuts for how compact answers have it.
    @inline(__always)
    private mutating func open(
        _ number: inout SlurmNumber, _ text: JSONText, _ start: Int, _ width: NumberWidth
    ) throws(JSONStop) -> Int {
        let prefix: StaticString = "{\"set\":true,\"infinite\":false,\"number\":"
        let value = start + prefix.utf8CodeUnitCount
        if text.has(prefix, at: start), case .zero ... .nine = try text.byte(value) {
            let end = try plain(&number, text, value, width)
            if try text.byte(end) == .closeBrace { return end + 1 }
        }
        let unset: StaticString = "{\"set\":false,\"infinite\":false,\"number\":0}"
        if text.has(unset, at: start) {
            number = .unset
            return start + unset.utf8CodeUnitCount
        }
        return try anyOpen(&number, text, start, width)
    }

    private mutating func anyOpen(
        _ number: inout SlurmNumber, _ text: JSONText, _ start: Int, _ width: NumberWidth
    ) throws(JSONStop) -> Int {
        var isSet: Bool?
        var isInfinite: Bool?
        var value = SlurmNumber.unset
        let end = try members(text, start) { reading, key, text, at throws(JSONStop) in
            if key.hasSameBytes(as: "set") { return try reading.flag(&isSet, text, at) }
            if key.hasSameBytes(as: "infinite") { return try reading.flag(&isInfinite, text, at) }
            guard key.hasSameBytes(as: "number") else { return try text.skipValue(at) }
            guard try text.byte(at) != .openBrace else { return try reading.skipNull(text, at) }
            return try reading.number(&value, text, at, width)
        }
        number = isInfinite == true ? .unlimited : isSet == false ? .unset : value
        return end
    }

    /// Reads true, false or null.
    mutating func flag(_ flag: inout Bool?, _ text: JSONText, _ start: Int) throws(JSONStop) -> Int {
        flag = nil
        switch try text.byte(start) {
        case UInt8(ascii: "t"): flag = true
        case UInt8(ascii: "f"): flag = false
        default: return try skipNull(text, start)
        }
        return try text.skipLiteral(start)
    }

    /// Reads true or false, or a number that is 0 for false.
    mutating func truth(_ truth: inout Bool, _ text: JSONText, _ start: Int) throws(JSONStop) -> Int {
        guard case .zero ... .nine = try text.byte(start) else {
            var flag: Bool?
            let end = try self.flag(&flag, text, start)
            truth = flag ?? false
            return end
        }
        var number = SlurmNumber.unset
        let end = try self.number(&number, text, start)
        truth = number.integer ?? 0 != 0
        return end
    }

    /// Reads a count, of which there can't be less than none.
    @inline(__always)
    mutating func count(
        _ count: inout Int?, _ text: JSONText, _ start: Int, _ width: NumberWidth = .bits32
    ) throws(JSONStop) -> Int {
        var number = SlurmNumber.unset
        let end = try self.number(&number, text, start, width)
        count = number.integer
        if let value = count, value < 0 {
            noteWrongType()
            count = nil
        }
        return end
    }

    /// Reads seconds since 1970; 0 is never.
    @inline(__always)
    mutating func time(_ time: inout Timestamp?, _ text: JSONText, _ start: Int) throws(JSONStop) -> Int {
        var seconds: Int?
        let end = try count(&seconds, text, start)
        time = seconds.flatMap { $0 == 0 ? nil : Timestamp(Int64($0)) }
        return end
    }

    /// Reads an id, 0 of which is none.
    @inline(__always)
    mutating func id(_ id: inout UInt32?, _ text: JSONText, _ start: Int) throws(JSONStop) -> Int {
        var value: Int?
        let end = try count(&value, text, start)
        id = value.flatMap { $0 == 0 ? nil : UInt32(exactly: $0) }
        return end
    }

    /// Reads a number that can be 0.
    @inline(__always)
    mutating func index(_ index: inout UInt32?, _ text: JSONText, _ start: Int) throws(JSONStop) -> Int {
        var value: Int?
        let end = try count(&value, text, start)
        index = value.flatMap { UInt32(exactly: $0) }
        return end
    }

    /// Reads mebibytes.
    @inline(__always)
    mutating func mebibytes(_ bytes: inout Int?, _ text: JSONText, _ start: Int) throws(JSONStop) -> Int {
        var mebibytes: Int?
        let end = try count(&mebibytes, text, start)
        bytes = mebibytes.flatMap { $0.scaled(by: 1 << 20) }
        return end
    }
}
