/// A job as Slurm's parameters name it, maybe by one of its tasks, components or steps: `123`, `123_4`, `123+1.batch`.
struct SelectedStep {
    let job: UInt32

    init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let job = Self.job(parts[0]), parts.count == 1 || Self.isStep(parts[1]) else { return nil }
        self.job = job
    }

    private static func job(_ text: Substring) -> UInt32? {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { "_+".contains($0) }
        guard parts.count == 1 || number(parts[1]) != nil else { return nil }
        return number(parts[0])
    }

    private static func isStep(_ text: Substring) -> Bool {
        ["batch", "extern", "interactive"].contains(text) || number(text) != nil
    }

    /// Without a sign, which `UInt32` would read.
    private static func number(_ text: Substring) -> UInt32? {
        text.utf8.first.map { (0x30...0x39).contains($0) } == true ? UInt32(text) : nil
    }
}
