/// A record of `scontrol show … -o`, by the names of its fields. Free text that looks like a field is taken for one.
public struct ControlRecord: Sendable {
    private let fields: [String: String]

    /// Nil for what isn't there, and for what Slurm writes in its place.
    public subscript(name: String) -> String? {
        fields[name].flatMap { ["", "(null)", "N/A", "n/a", "NONE"].contains($0) ? nil : $0 }
    }

    public func number(_ name: String) -> Int? { self[name].flatMap { Int($0) } }

    public func resources(_ name: String) -> Resources { Resources(self[name] ?? "") }

    public func list(_ name: String) -> [String] { self[name]?.split(separator: ",").map(String.init) ?? [] }

    /// - Parameter first: the field that every record starts with; any other line goes on with the text before it.
    static func parse(_ output: String, first: String) -> [ControlRecord] {
        var lines: [String] = []
        for line in output.split(separator: "\n") {
            if line.hasPrefix(first + "=") || lines.isEmpty {
                lines.append(String(line))
            } else {
                lines[lines.count - 1] += "\n\(line)"
            }
        }
        return lines.map(ControlRecord.init)
    }

    private init(_ line: String) {
        let names = line.matches(of: /(?:^|\s)([A-Z][A-Za-z0-9_\/:&]*)=/)
        let ends = names.dropFirst().map(\.range.lowerBound) + [line.endIndex]
        fields = Dictionary(
            zip(names, ends).map { name, end in
                (String(name.output.1), line[name.range.upperBound..<end].trimmingPrefix(" ").trimmingSuffix())
            }, uniquingKeysWith: { first, _ in first })
    }
}

extension Substring {
    fileprivate func trimmingSuffix() -> String {
        String(reversed().drop { $0 == " " }.reversed())
    }
}

extension RealSlurm {
    public func partitionRecords() async throws -> [ControlRecord] { try await records("partition", "PartitionName") }

    public func nodeRecords() async throws -> [ControlRecord] { try await records("node", "NodeName") }

    public func reservationRecords() async throws -> [ControlRecord] {
        try await records("reservation", "ReservationName")
    }

    public func licenseRecords() async throws -> [ControlRecord] { try await records("license", "LicenseName") }

    private func records(_ kind: String, _ first: String) async throws -> [ControlRecord] {
        ControlRecord.parse(try await run("scontrol", "-a", "-o", "show", kind), first: first)
    }
}
