import SimulatedCluster

/// One parameter of a query, decoded.
public struct QueryItem: Hashable, Sendable {
    public let name: String
    public let value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// The parameters of a request.
struct Query {
    let items: [QueryItem]

    func value(_ name: String) -> String? {
        items.last { $0.name == name }?.value
    }

    /// All values of a parameter, given as a comma list or several times.
    func list(_ name: String) -> [String] {
        items.filter { $0.name == name }.flatMap { $0.value.split(separator: ",").map { String($0) } }
    }

    /// Slurm's booleans: anything but an explicit no, and a bare name too.
    func isTrue(_ name: String) -> Bool {
        guard let value = value(name)?.lowercased() else { return false }
        return !["false", "no", "0", "off"].contains(value)
    }

    /// Unix seconds, or a time as commands take it; nothing without the parameter.
    func time(_ name: String, now: Timestamp) throws(BadTime) -> Timestamp? {
        guard let value = value(name) else { return nil }
        guard let time = UInt32(value).map({ Timestamp($0) }) ?? SlurmTime.read(value, now: now) else {
            throw BadTime(parameter: name)
        }
        return time
    }

    struct BadTime: Error {
        let parameter: String
    }
}
