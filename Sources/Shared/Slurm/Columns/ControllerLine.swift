/// Reads controllers of `scontrol ping`: `Slurmctld(primary) at head1 is UP`.
struct ControllerLine: RecordColumns {
    static func name(ofField field: Int) -> String { "line" }

    mutating func read(_ line: RawSpan, _ reading: inout Reading) -> ReadColumns<ControllerRecord> {
        guard line.has("Slurmctld(", at: 0), let close = line.firstIndex(of: UInt8(ascii: ")")) else { return .nothing }
        let rest = line.extracting(close + 1..<line.byteCount)
        let (before, middle) = (Array(" at ".utf8), Array(" is ".utf8))
        guard let at = rest.firstRange(of: before), let verb = rest.firstRange(of: middle, from: at.upperBound) else {
            return .malformed
        }
        reading.begin(0)
        var controller = ControllerRecord()
        let role = line.extracting(10..<close)
        // The first of several backups has no number in slurmrestd's answers.
        controller.role = role.hasSameBytes(as: "backup1") ? "backup" : reading.string(role)
        controller.host = reading.string(rest.extracting(at.upperBound..<verb.lowerBound))
        controller.isUp = rest.extracting(verb.upperBound..<rest.byteCount).hasSameBytes(as: "UP")
        return .record(controller)
    }
}
