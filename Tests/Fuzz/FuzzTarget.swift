import Glibc

/// Something that must stand any input; each in a file of its own. A property that does not hold is a trap.
struct FuzzTarget: Sendable {
    let name: String
    let run: @Sendable ([UInt8]) -> Void

    static let all = [http, text, openMetrics, yaml, configuration, gzip, decode, snapshot, selector, records]

    /// The one that `FUZZ_TARGET` names.
    static let selected: FuzzTarget = {
        let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
        guard let target = all.first(where: { $0.name == name }) else {
            fatalError("FUZZ_TARGET is '\(name)', and none of \(all.map(\.name).joined(separator: ", "))")
        }
        return target
    }()
}
