import Slurm

/// Records as texts in which symbols are resolved, so that those of two processes can be compared.
final class Collected: RecordSink {
    private(set) var texts: [String] = []
    private let partitions: Set<String>?

    /// - Parameter partitions: only records with any of these; the empty one stands for having none. Nil for all.
    init(onlyIn partitions: Set<String>? = nil) {
        self.partitions = partitions
    }

    private func add(_ record: Any, _ symbols: borrowing Symbols) {
        var text = ""
        describe(record, symbols, into: &text)
        texts.append(text)
    }

    private func isWanted(_ names: [Symbol], _ symbols: borrowing Symbols) -> Bool {
        guard let partitions else { return true }
        if names.isEmpty { return partitions.contains("") }
        for name in names where partitions.contains(symbols[name]) { return true }
        return false
    }

    private func describe(_ value: Any, _ symbols: borrowing Symbols, into text: inout String) {
        if let symbol = value as? Symbol {
            text += "'\(symbols[symbol])'"
            return
        }
        if let figures = value as? [String: Double] {
            text += "\(figures.sorted { $0.key < $1.key })"
            return
        }
        let mirror = Mirror(reflecting: value)
        guard !mirror.children.isEmpty else {
            text += "\(value)"
            return
        }
        text += "("
        for child in mirror.children {
            text += "\(child.label ?? ""):"
            describe(child.value, symbols, into: &text)
            text += ","
        }
        text += ")"
    }

    func take(_ record: borrowing JobRecord, _ symbols: borrowing Symbols) {
        if isWanted(record.partitions, symbols) { add(copy record, symbols) }
    }
    func take(_ record: borrowing NodeRecord, _ symbols: borrowing Symbols) {
        if isWanted(record.partitions, symbols) { add(copy record, symbols) }
    }
    func take(_ record: borrowing PartitionRecord, _ symbols: borrowing Symbols) { add(copy record, symbols) }
    func take(_ record: borrowing ReservationRecord, _ symbols: borrowing Symbols) { add(copy record, symbols) }
    func take(_ record: borrowing LicenseRecord, _ symbols: borrowing Symbols) { add(copy record, symbols) }
    func take(_ record: borrowing ControllerRecord, _ symbols: borrowing Symbols) { add(copy record, symbols) }
    func take(_ record: borrowing SchedulerRecord, _ symbols: borrowing Symbols) { add(copy record, symbols) }
    func take(_ record: borrowing ShareRecord, _ symbols: borrowing Symbols) { add(copy record, symbols) }
    func take(_ record: borrowing AccountedJobRecord, _ symbols: borrowing Symbols) { add(copy record, symbols) }
    func take(_ record: borrowing AssociationRecord, _ symbols: borrowing Symbols) { add(copy record, symbols) }
    func take(_ record: borrowing QOSRecord, _ symbols: borrowing Symbols) { add(copy record, symbols) }
    func take(_ record: borrowing DatabaseRecord, _ symbols: borrowing Symbols) { add(copy record, symbols) }
    func take(_ record: borrowing ClusterRecord, _ symbols: borrowing Symbols) { add(copy record, symbols) }
    func take(_ record: borrowing TrackedResourceRecord, _ symbols: borrowing Symbols) { add(copy record, symbols) }
    func take(_ record: borrowing WorkloadKeyRecord, _ symbols: borrowing Symbols) { add(copy record, symbols) }
}
