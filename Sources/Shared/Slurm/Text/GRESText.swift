extension RawSpan {
    /// Calls `body` for each entry of a list of generic resources, with its name, type and count; without a count where it
    /// is of no known form, its text in place of the name. The type has no bytes where it isn't said.
    ///
    /// The forms are `gpu:h100:4(S:0-1)`, `gpu:(null):8(IDX:0-7)`, `gpu:4`, `gres/gpu=2`, `gres:gpu:8`,
    /// `nvme:no_consume:1`. There are commas inside of parentheses too.
    func genericResources(_ body: (_ name: RawSpan, _ type: RawSpan, _ count: Int?) -> Void) {
        splitOutsideParentheses { entry in
            let core = entry.extracting(entry.coreOfResource)
            guard let parts = core.partsOfResource else { return body(entry, entry.extracting(first: 0), nil) }
            body(core.extracting(parts.name), core.extracting(parts.type), parts.count)
        }
    }

    private func splitOutsideParentheses(_ body: (RawSpan) -> Void) {
        var start = 0
        var depth = 0
        for at in 0...byteCount {
            if at < byteCount {
                if self[at] == UInt8(ascii: "(") { depth += 1 }
                if self[at] == UInt8(ascii: ")") { depth -= 1 }
                guard self[at] == .comma, depth <= 0 else { continue }
            }
            if at > start { body(extracting(start..<at)) }
            start = at + 1
        }
    }

    /// Without `gres/` before it and `(S:0-1)` or `(IDX:0-3)` behind it. `(null)` is no such thing.
    private var coreOfResource: Range<Int> {
        let start = has("gres/", at: 0) || has("gres:", at: 0) ? 5 : 0
        guard byteCount > start, self[byteCount - 1] == UInt8(ascii: ")") else { return start..<byteCount }
        guard let open = lastIndex(of: UInt8(ascii: "(")), open > start, !has("(null)", at: open) else {
            return start..<byteCount
        }
        return start..<open
    }

    /// Of `gpu`, `gpu:4`, `gpu:h100`, `gpu:h100:4`, `gpu:h100=4`.
    private var partsOfResource: (name: Range<Int>, type: Range<Int>, count: Int)? {
        guard let nameEnd = byteOffsets.first(where: { isSeparator($0) }) else {
            return byteCount > 0 ? (0..<byteCount, 0..<0, 1) : nil
        }
        let last = byteOffsets.last { isSeparator($0) } ?? nameEnd
        let count = Amount.integer(of: extracting(last + 1..<byteCount))
        guard nameEnd > 0, count != nil || last == nameEnd, count ?? 1 <= mostOfResource(nameEnd) else { return nil }
        let type = count == nil ? last + 1..<byteCount : nameEnd + 1..<Swift.max(last, nameEnd + 1)
        return (0..<nameEnd, isNoType(type) ? 0..<0 : type, count ?? 1)
    }

    /// A file system's share is told in bytes.
    private func mostOfResource(_ nameEnd: Int) -> Int {
        extracting(0..<nameEnd).hasSameBytes(as: "gpu") ? GPUs.most : .max
    }

    private func isSeparator(_ at: Int) -> Bool { self[at] == .colon || self[at] == UInt8(ascii: "=") }

    private func isNoType(_ range: Range<Int>) -> Bool {
        let type = extracting(range)
        return type.hasSameBytes(as: "(null)") || type.hasSameBytes(as: "no_consume")
    }
}

extension GPUs {
    /// The GPUs of a list of generic resources.
    init(_ text: RawSpan, _ reading: inout Reading) {
        var groups: [Group] = []
        text.genericResources { name, type, count in
            guard let count else { return reading.note(unknown: .resources, name) }
            guard name.hasSameBytes(as: "gpu") else { return }
            groups.append(Group(type: reading.intern(type), count: count))
        }
        self.init(merging: groups)
    }
}
