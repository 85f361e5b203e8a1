import SimulatedCluster

extension [UInt8] {
    private static let digits = [UInt8]("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// Appends a job's lexicographically sortable id as Slurm 25.11 and later make it: 12 bits of cluster, 42 of
    /// milliseconds, 10 of sequence, in Crockford's base 32.
    mutating func append(sluidOf job: UInt32, submitted: Timestamp) {
        let cluster: UInt64 = 2
        let number = cluster << 52 | UInt64(submitted.seconds) * 1000 << 10 | UInt64(job & 0x3FF)
        append(UInt8(ascii: "s"))
        for place in stride(from: 60, through: 0, by: -5) { append(Self.digits[Int(number >> UInt64(place) & 31)]) }
    }
}
