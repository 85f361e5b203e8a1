extension Reading {
    /// Reads resources by kind: `[{"type":"gres","name":"gpu","id":1001,"count":8}, …]`.
    ///
    /// - Parameter memoryUnit: what memory is counted in: mebibytes where it was asked for, bytes where it was used.
    mutating func resources(
        _ list: inout TRESText, _ text: JSONText, _ start: Int, memoryUnit: Int = 1 << 20
    ) throws(JSONStop) -> Int {
        list = TRESText()
        guard try text.byte(start) == .openBracket else { return try skipNull(text, start) }
        return try elements(text, start) { reading, text, at throws(JSONStop) in
            var entry = ResourceEntry()
            let end = try reading.object(text, at) { reading, key, text, at throws(JSONStop) in
                try reading.part(of: &entry, key, text, at)
            }
            list.add(entry, memoryUnit: memoryUnit)
            return end
        }
    }

    private mutating func part(
        of entry: inout ResourceEntry, _ key: RawSpan, _ text: JSONText, _ at: Int
    ) throws(JSONStop) -> Int {
        if key.hasSameBytes(as: "count") { return try count(&entry.count, text, at, .bits64) }
        if key.hasSameBytes(as: "type") { return try self.text(text, at) { entry.kind = ResourceEntry.Kind($1) } }
        guard key.hasSameBytes(as: "name") else { return try text.skipValue(at) }
        return try self.text(text, at) { reading, name in
            entry.isGPU = name.has("gpu", at: 0) && (name.byteCount == 3 || name[3] == .colon)
            if entry.isGPU { entry.gpuType = reading.intern(name.extracting(Swift.min(4, name.byteCount)...)) }
        }
    }

    /// Reads an amount of minutes, as seconds. None and unlimited are the same here: no limit.
    mutating func minutes(_ seconds: inout Int?, _ text: JSONText, _ start: Int) throws(JSONStop) -> Int {
        var minutes: Int?
        let end = try count(&minutes, text, start)
        seconds = minutes.flatMap { $0.scaled(by: 60) }
        return end
    }
}

struct ResourceEntry {
    enum Kind {
        case cpu, memory, node, billing, generic, other

        init(_ word: RawSpan) {
            let kinds: [(StaticString, Kind)] = [
                ("cpu", .cpu), ("mem", .memory), ("node", .node), ("billing", .billing), ("gres", .generic),
            ]
            self = kinds.first { word.hasSameBytes(as: $0.0) }?.1 ?? .other
        }
    }

    var kind = Kind.other
    var isGPU = false
    var gpuType = Symbol.empty
    var count: Int?
}

extension TRESText {
    fileprivate mutating func add(_ entry: ResourceEntry, memoryUnit: Int) {
        guard let count = entry.count else { return }
        isEmpty = false
        switch entry.kind {
        case .cpu: cpus = count
        case .memory: memoryBytes = count.scaled(by: memoryUnit)
        case .node: nodes = count
        case .billing: billing = Double(count)
        case .generic where entry.isGPU && count <= GPUs.most:
            if entry.gpuType.isEmpty { gpus = count } else { add(gpus: count, of: entry.gpuType) }
        case .generic, .other: break
        }
    }
}
