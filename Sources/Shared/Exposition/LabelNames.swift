// No label name may occur twice. Few names are compared with each other by fingerprint, many go into a set.
extension LabelReader {
    func hasTwins(_ bytes: Bytes) -> Bool {
        if labels.contains(where: { isMetricName($0, in: bytes) }) { return true }
        return labels.count <= 16 ? hasTwinsByPairs(bytes) : hasTwinsBySet(bytes)
    }

    /// `__name__` is the metric name, which stands elsewhere.
    private func isMetricName(_ label: Label, in bytes: Bytes) -> Bool {
        label.name.count == 8 && label.fingerprint == Self.metricNameFingerprint
            && octets(of: label.name, in: bytes).elementsEqual("__name__".utf8)
    }

    func fingerprint(of name: ByteSlice, in bytes: Bytes) -> UInt64 {
        guard name.place == .window else { return Self.fingerprint(of: scratch[name.range]) }
        let word = bytes.loadWord(at: name.offset)
        let known = name.count < 8 ? word & ((1 << UInt64(8 * name.count)) - 1) : word
        return known &+ UInt64(name.count)
    }

    private static let metricNameFingerprint = fingerprint(of: Array("__name__".utf8)[...])

    private static func fingerprint(of name: ArraySlice<UInt8>) -> UInt64 {
        name.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) } &+ UInt64(name.count)
    }

    private func hasTwinsByPairs(_ bytes: Bytes) -> Bool {
        for index in labels.indices {
            for other in 0..<index where labels[index].fingerprint == labels[other].fingerprint {
                if octets(of: labels[index].name, in: bytes) == octets(of: labels[other].name, in: bytes) {
                    return true
                }
            }
        }
        return false
    }

    private func hasTwinsBySet(_ bytes: Bytes) -> Bool {
        var names = Set<[UInt8]>(minimumCapacity: labels.count)
        for label in labels where !names.insert(octets(of: label.name, in: bytes)).inserted { return true }
        return false
    }

    private func octets(of name: ByteSlice, in bytes: Bytes) -> [UInt8] {
        switch name.place {
        case .window: name.range.map { bytes[$0] }
        case .scratch: Array(scratch[name.range])
        }
    }
}
