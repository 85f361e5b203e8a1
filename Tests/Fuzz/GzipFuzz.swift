import Compression

extension FuzzTarget {
    /// What was compressed comes out again, and anything else in an error within the limit.
    static let gzip = FuzzTarget(name: "gzip") { input in
        precondition((try? Gzip.decompress(Gzip.compress(input), limit: input.count)) == input, "not the same again")
        if let output = try? Gzip.decompress(input, limit: 4_096) { precondition(output.count <= 4_096) }
    }
}
