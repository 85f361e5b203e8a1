public import Foundation

/// A record of `scontrol show … -o`, by the names of its fields. Free text that looks like a field is taken for one.
public struct ControlRecord: Sendable, Equatable {
    private let fields: [String: String]

    /// Nil for what isn't there, and for what Slurm writes in its place.
    public subscript(name: String) -> String? {
        fields[name].flatMap { ["", "(null)", "N/A", "n/a", "NONE"].contains($0) ? nil : $0 }
    }

    public func number(_ name: String) -> Int? { self[name].flatMap { Int($0) } }

    public func resources(_ name: String) -> Resources { Resources(self[name] ?? "") }

    public func date(_ name: String) -> Date? { self[name].flatMap(SlurmDate.parse) }

    /// In seconds; nil for a time without limit, too.
    public func seconds(_ name: String) -> Int? {
        guard let match = self[name]?.wholeMatch(of: /(?:(\d+)-)?(\d+):(\d+):(\d+)/) else { return nil }
        let parts = [match.1 ?? "0", match.2, match.3, match.4].map { Int($0) ?? 0 }
        return ((parts[0] * 24 + parts[1]) * 60 + parts[2]) * 60 + parts[3]
    }

    /// The same without other fields.
    public func only(_ names: [String]) -> ControlRecord {
        ControlRecord(fields: fields.filter { names.contains($0.key) })
    }

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

    private init(fields: [String: String]) {
        self.fields = fields
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

    /// One for all tasks of an array that wait, as slurmctld keeps them.
    public func jobRecords() async throws -> [ControlRecord] { try await records("job", "JobId") }

    public func nodeRecords() async throws -> [ControlRecord] { try await records("node", "NodeName") }

    public func reservationRecords() async throws -> [ControlRecord] {
        try await records("reservation", "ReservationName")
    }

    public func licenseRecords() async throws -> [ControlRecord] { try await records("license", "LicenseName") }

    private func records(_ kind: String, _ first: String) async throws -> [ControlRecord] {
        ControlRecord.parse(try await run("scontrol", "-a", "-o", "show", kind), first: first)
    }
}
