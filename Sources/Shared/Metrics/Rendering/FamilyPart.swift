/// The series of a family that come from one place.
public struct FamilyPart: Sendable {
    public let table: SeriesTable
    /// Put on every series that has no such label itself.
    public let constantLabels: [SeriesLabel]

    public init(_ table: SeriesTable, constantLabels: [SeriesLabel] = []) {
        self.table = table
        self.constantLabels = constantLabels.filter { !$0.value.isEmpty }
    }
}
