/// A row of `sacctmgr show`, by the fields that were asked for.
public struct AccountingRow: Sendable, Equatable {
    private let values: [String: String]

    fileprivate init(_ values: [String: String]) {
        self.values = values
    }

    /// Empty for what isn't set.
    public subscript(_ field: String) -> String { values[field] ?? "" }

    /// nil for what isn't set.
    public func number(_ field: String) -> Double? { Double(self[field]) }

    public func resources(_ field: String) -> Resources { Resources(self[field]) }

    /// What Slurm writes as `1-12:00:00` or `00:30:00`, in seconds; nil for what isn't set.
    public func seconds(_ field: String) -> Double? {
        let days = self[field].split(separator: "-")
        let parts = (days.last ?? "").split(separator: ":").compactMap { Double($0) }
        guard parts.count == 3 else { return nil }
        let hours = (days.count > 1 ? Double(days[0]) ?? 0 : 0) * 24 + parts[0]
        return (hours * 60 + parts[1]) * 60 + parts[2]
    }
}

extension RealSlurm {
    public func accountingRows(_ kind: String, _ fields: [String]) async throws -> [AccountingRow] {
        let output = try await run("sacctmgr", "-n", "-P", "show", kind, "format=\(fields.joined(separator: ","))")
        return output.split(separator: "\n").compactMap { line in
            let values = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            guard values.count == fields.count else { return nil }
            return AccountingRow(Dictionary(uniqueKeysWithValues: zip(fields, values)))
        }
    }
}
