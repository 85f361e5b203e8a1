/// Something that goes wrong with some answers: data, and nothing that does anything.
struct Fault: Hashable, Sendable {
    /// A path such as `slurm/v0.0.44/jobs`, its name without the version such as `slurm/jobs`, or the last part of it; `*` stands for anything.
    var pattern: String
    var effect: FaultEffect
    /// How often it strikes; nil is without end.
    var count: Int?
    /// How likely it strikes.
    var probability = 1.0

    func concerns(_ endpoint: EndpointName, path: String) -> Bool {
        let glob = Glob(pattern)
        return glob.matches(endpoint.text) || glob.matches(path)
            || glob.matches(String(endpoint.text.split(separator: "/").last ?? ""))
    }
}

/// Why a text or a document is no fault.
struct FaultError: Error, Hashable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
