extension Reading {
    /// Reads a string and hands over what it stands for; null, and what is no string, as no bytes.
    @inline(__always)
    mutating func text(
        _ text: JSONText, _ start: Int, _ body: (inout Reading, RawSpan) -> Void
    ) throws(JSONStop) -> Int {
        guard try text.byte(start) == .quote else { return try noText(text, start, body) }
        let end = try text.plainEnd(start &+ 1)
        guard text.uncheckedByte(end) == .quote else { return try escapedText(text, start, body) }
        body(&self, text.extracting(start &+ 1..<end))
        return end &+ 1
    }

    private mutating func noText(
        _ text: JSONText, _ start: Int, _ body: (inout Reading, RawSpan) -> Void
    ) throws(JSONStop) -> Int {
        let end = try text.skipValue(start)
        if try text.byte(start) != UInt8(ascii: "n") { noteWrongType() }
        body(&self, text.extracting(start..<start))
        return end
    }

    private mutating func escapedText(
        _ text: JSONText, _ start: Int, _ body: (inout Reading, RawSpan) -> Void
    ) throws(JSONStop) -> Int {
        let end = try text.skipString(start)
        var bytes: [UInt8] = []
        swap(&bytes, &scratch)
        bytes.removeAll(keepingCapacity: true)
        defer { swap(&bytes, &scratch) }
        try text.extracting(start + 1..<end - 1).unescape(offset: start + 1, into: &bytes)
        body(&self, bytes.span.bytes)
        return end
    }

    @inline(__always)
    mutating func string(_ string: inout String, _ text: JSONText, _ start: Int) throws(JSONStop) -> Int {
        try self.text(text, start) { reading, bytes in
            let (text, isRepaired) = bytes.repairedString
            string = text
            if isRepaired { reading.noteRepaired() }
        }
    }

    @inline(__always)
    mutating func symbol(_ symbol: inout Symbol, _ text: JSONText, _ start: Int) throws(JSONStop) -> Int {
        try self.text(text, start) { reading, bytes in symbol = reading.intern(bytes) }
    }

    /// Reads why a job waits or ended so: empty where there is none.
    mutating func reason(_ reason: inout Symbol, _ text: JSONText, _ start: Int) throws(JSONStop) -> Int {
        try self.text(text, start) { reading, word in
            reason = word.hasSameBytes(as: "None") ? .empty : reading.intern(word)
        }
    }

    mutating func intern(_ bytes: RawSpan) -> Symbol {
        let (symbol, isRepaired) = symbols.intern(bytes)
        if isRepaired { noteRepaired() }
        return symbol
    }

    /// Reads a list of names, which is one of strings or a string with commas.
    mutating func names(_ names: inout [Symbol], _ text: JSONText, _ start: Int) throws(JSONStop) -> Int {
        names.removeAll(keepingCapacity: true)
        guard try text.byte(start) == .openBracket else {
            return try self.text(text, start) { reading, bytes in
                bytes.splitNames { names.append(reading.intern($0)) }
            }
        }
        return try elements(text, start) { reading, text, at throws(JSONStop) in
            try reading.text(text, at) { reading, bytes in
                if bytes.byteCount > 0 { names.append(reading.intern(bytes)) }
            }
        }
    }

    /// Reads one word or a list of words.
    mutating func words(
        _ text: JSONText, _ start: Int, _ body: (inout Reading, RawSpan) -> Void
    ) throws(JSONStop) -> Int {
        guard try text.byte(start) == .openBracket else {
            return try self.text(text, start) { if $1.byteCount > 0 { body(&$0, $1) } }
        }
        return try elements(text, start) { reading, text, at throws(JSONStop) in
            try reading.text(text, at) { if $1.byteCount > 0 { body(&$0, $1) } }
        }
    }
}
