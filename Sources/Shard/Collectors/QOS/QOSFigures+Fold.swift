import Slurm

extension QOSFigures {
    static func fold() -> RecordFold<QOSRecord> {
        RecordFold(all) { qos, symbols in [symbols[qos.name]] }
    }
}
