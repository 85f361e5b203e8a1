import ServiceRuntime
import TestSupport

enum Samples {
    /// Exposition text, cut at the size.
    static func text(size: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var line = 0
        while bytes.count < size {
            bytes += "slurm_jobs{cluster=\"c1\",user=\"u\(line % 977)\",state=\"running\"} \(line * 31 % 1009)\n".utf8
            line += 1
        }
        return Array(bytes.prefix(size))
    }

    /// Stretches that compress and stretches that don't.
    static func mixed(size: Int, using random: inout SeededGenerator) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < size {
            let stretch = Int.random(in: 1...20_000, using: &random)
            bytes += Bool.random(using: &random) ? random.bytes(stretch) : text(size: stretch)
        }
        return Array(bytes.prefix(size))
    }
}
